import type { Manifest, Thresholds } from '../inference/model/manifest.ts';
import type { Network } from '../inference/network.ts';
import type { Segment } from '../inference/segment.ts';
import { segmentImage } from '../inference/segment-image.ts';
import type { Mask } from '../measure/mask.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import type { KnownParticle } from './known-answer.ts';

/** The walk on a small tile, fed as large as it is and looked at once; virtual particles are bright. */
export async function computeAnswer(
  network: Pick<Network, 'run'>,
  manifest: Manifest,
  image: GreyImage,
  thresholds: Thresholds,
): Promise<KnownParticle[]> {
  const { calibration: _, closerLook: __, fartherLook: ___, ...raw } = manifest;
  const input = { ...manifest.input, longestSidePx: Math.max(image.widthPx, image.heightPx) };
  const { segments } = await segmentImage(
    image,
    { manifest: { ...raw, input, thresholds } },
    network,
    'bright',
  );
  return segments.map(particleOf);
}

function particleOf({ mask, objectness, confidence, certain }: Segment): KnownParticle {
  return {
    ...extentOf(mask),
    objectness: rounded(objectness),
    confidence: rounded(confidence),
    certain,
  };
}

/** The pixels inside, and the box around them: a mask's window may be larger. */
function extentOf({ x, y, width, height, bits }: Mask): Pick<KnownParticle, 'box' | 'areaPx'> {
  let [left, top, right, bottom, areaPx] = [width, height, 0, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!bits[row * width + column]) continue;
      areaPx++;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
    }
  }
  return { box: [x + left, y + top, right - left, bottom - top], areaPx };
}

function rounded(value: number): number {
  return Number(value.toFixed(5));
}
