import { addShotNoise, blur, blurReachPx, type Imaging } from './beam.ts';
import { type Canvas, canvasBox, createCanvas, type RenderWindow } from './canvas.ts';
import { paintParticle } from './grain-painting.ts';
import { createRelief } from './grain-relief.ts';
import type { Powder, PowderParticle } from './powder.ts';
import { createRandom } from './random.ts';
import { paintTape } from './tape-painting.ts';

export interface RenderedWindow {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 8-bit grey, row by row from the top left. */
  readonly image: Uint8Array;
  /** Which particle each pixel shows, before blur: 0 the tape, n the particle `visible[n - 1]`. */
  readonly labels: Uint16Array;
  /** The particles with at least one pixel, in the order of laying. */
  readonly visible: readonly VisibleParticle[];
}

export interface VisibleParticle {
  readonly particle: PowderParticle;
  /** Its pixels in this window that no other particle hides. */
  readonly areaPx: number;
}

/** Grey levels and blur of a well-adjusted desktop microscope at low magnification. */
export const imagingDefaults: Imaging = { noise: 7, blurPx: 1.2, seed: 1 };

/**
 * What the microscope sees of a powder. Windows may be rendered in any order: where two of them show the same
 * place, particles and tape are the same and only the noise differs.
 * @throws RangeError for a window without pixels, or with over 65,535 particles in it.
 */
export function renderWindow(powder: Powder, window: RenderWindow, imaging: Imaging): RenderedWindow {
  const { widthPx, heightPx, pixelSizeUm, centre } = window;
  if (!(widthPx >= 1 && heightPx >= 1 && pixelSizeUm > 0)) {
    throw new RangeError(
      `window of ${widthPx} x ${heightPx} px of ${pixelSizeUm} um, expected sizes above 0`,
    );
  }
  // The blur carries light in from beyond the border, so that border pixels match the neighbouring tile's.
  const marginPx = blurReachPx(imaging.blurPx);
  const canvas = createCanvas(window, marginPx);
  paintTape(canvas, powder.tape);
  const near = powder.lookup.near(canvasBox(canvas));
  if (near.length > 0xffff) {
    throw new RangeError(`window holds ${near.length} particles, at most 65535; render a smaller one`);
  }
  const relief = createRelief(createRandom(powder.tape.seed));
  for (const [index, particle] of near.entries()) paintParticle(canvas, particle, index + 1, relief);
  blur(canvas.grey, canvas.widthPx, canvas.heightPx, imaging.blurPx);

  const grey = cropped(canvas, canvas.grey, marginPx, new Float32Array(widthPx * heightPx));
  const labels = cropped(canvas, canvas.labels, marginPx, new Uint16Array(widthPx * heightPx));
  const noise = createRandom(imaging.seed).fork(nanometres(centre.x)).fork(nanometres(centre.y));
  return {
    widthPx,
    heightPx,
    image: addShotNoise(grey, widthPx, imaging.noise, noise),
    labels,
    visible: relabelVisible(labels, near),
  };
}

function nanometres(um: number): number {
  return Math.round(um * 1000);
}

function cropped<A extends Float32Array | Uint16Array>(
  from: Canvas,
  source: A,
  marginPx: number,
  into: A,
): A {
  const widthPx = from.widthPx - 2 * marginPx;
  for (let row = 0; row * widthPx < into.length; row += 1) {
    const start = (row + marginPx) * from.widthPx + marginPx;
    into.set(source.subarray(start, start + widthPx), row * widthPx);
  }
  return into;
}

/** Renumbers the labels in place so that particles without a pixel take no number. */
function relabelVisible(labels: Uint16Array, painted: readonly PowderParticle[]): VisibleParticle[] {
  const areasPx = new Uint32Array(painted.length + 1);
  for (const label of labels) areasPx[label]! += 1;
  const visible: VisibleParticle[] = [];
  const numbers = new Uint16Array(painted.length + 1);
  for (const [index, particle] of painted.entries()) {
    const areaPx = areasPx[index + 1]!;
    if (areaPx > 0) numbers[index + 1] = visible.push({ particle, areaPx });
  }
  for (let at = 0; at < labels.length; at += 1) labels[at] = numbers[labels[at]!]!;
  return visible;
}
