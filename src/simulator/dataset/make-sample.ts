import { createRandom } from '../random.ts';
import type { RenderedWindow } from '../render.ts';
import { takePicture } from '../scene.ts';
import { drawScene, type StyleName } from '../style/draw-scene.ts';

/** One labelled training picture to be made. */
export interface SampleTask {
  readonly style: StyleName;
  readonly seed: number;
  readonly index: number;
  readonly sizePx: number;
}

/** The content of `truth/<n>.json`. */
export interface SampleTruth {
  readonly style: StyleName;
  readonly seed: number;
  readonly index: number;
  readonly pixelSizeUm: number;
  readonly particles: readonly SampleParticle[];
}

export interface SampleParticle {
  /** Its value in the label picture. */
  readonly label: number;
  /** Of the whole particle, not just what the picture shows of it. */
  readonly areaUm2: number;
  readonly diameterEquivalentUm: number;
  /** Its pixels in the picture. */
  readonly areaVisiblePx: number;
  readonly visibleFraction: number;
  readonly cutByBorder: boolean;
  readonly blurPx: number;
  readonly contrastToNoise: number;
  readonly verdict: 'certain' | 'uncertain';
}

/** A picture with fewer particles teaches little: only this share of such pictures is kept. */
const particlesLeast = 3;
const emptyShare = 0.25;
const drawsAtMost = 8;

/** Draws the sample's scene from its seed and index alone, so that samples can be made in any order. */
export function makeSample({ style, seed, index, sizePx }: SampleTask): {
  readonly picture: RenderedWindow;
  readonly truth: SampleTruth;
} {
  const random = createRandom(seed).fork('dataset').fork(index).fork(style);
  const size = { widthPx: sizePx, heightPx: sizePx };
  const draw = (attempt: number) => {
    const forked = random.fork(attempt);
    const scene = drawScene(style, forked);
    return { scene, picture: takePicture(scene, size, forked.integer(0, 2 ** 31)) };
  };
  const emptyAllowed = random.uniform() < emptyShare;
  let drawn = draw(0);
  for (let attempt = 1; attempt < drawsAtMost; attempt += 1) {
    if (emptyAllowed || drawn.picture.visible.length >= particlesLeast) break;
    drawn = draw(attempt);
  }
  const { scene, picture } = drawn;
  const particles = picture.visible.map(
    ({ particle, areaPx, visibleFraction, cutByBorder, blurPx, contrastToNoise, verdict }, at) => ({
      label: at + 1,
      areaUm2: particle.areaUm2,
      diameterEquivalentUm: particle.diameterEquivalentUm,
      areaVisiblePx: areaPx,
      visibleFraction,
      cutByBorder,
      blurPx,
      contrastToNoise,
      verdict,
    }),
  );
  return { picture, truth: { style, seed, index, pixelSizeUm: scene.pixelSizeUm, particles } };
}
