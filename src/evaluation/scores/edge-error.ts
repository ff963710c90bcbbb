import type { Mask } from '../../measure/mask.ts';
import { distanceTransform } from '../classical/distance-transform.ts';
import type { LabelImage } from '../label-image.ts';
import { classedBySize, type SizeClass, type Sized } from '../sizes/size-classes.ts';

/** How far a predicted outline lies from the true one, in pixels of the image. */
export interface EdgeError {
  /** Mean distance of the predicted outline's pixels to the nearest one of the true outline. */
  readonly absolutePx: number;
  /** Predicted less true radius of the circle of equal area: over 0 is too large. */
  readonly signedPx: number;
}

/** Means over the found particles of a size class, each weighing the same; null in an empty one. */
export interface SizeClassEdgeError extends SizeClass {
  readonly matched: number;
  readonly absolutePxMean: number | null;
  readonly signedPxMean: number | null;
}

/**
 * Outline pixels are those of the mask with a 4-neighbour outside it. The border of the image is no outline:
 * nobody drew it.
 *
 * @returns null where one of the two has no outline, as it fills the image.
 */
export function edgeError(
  truth: Mask,
  predicted: Mask,
  image: Pick<LabelImage, 'widthPx' | 'heightPx'>,
): EdgeError | null {
  const window = boxAround(truth, predicted);
  const trueOutline = outlinePx(truth, image);
  const predictedOutline = outlinePx(predicted, image);
  if (trueOutline.length === 0 || predictedOutline.length === 0) return null;

  const pixelIn = ({ x, y }: Pixel) => (y - window.y) * window.width + x - window.x;
  const off = new Uint8Array(window.width * window.height).fill(1);
  for (const pixel of trueOutline) off[pixelIn(pixel)] = 0;
  const distance = distanceTransform(off, window.width, window.height);
  return {
    absolutePx: mean(predictedOutline.map((pixel) => distance[pixelIn(pixel)]!)),
    signedPx: radiusPx(predicted) - radiusPx(truth),
  };
}

export function edgeErrorBySize(
  particles: readonly (Sized & { readonly edge: EdgeError | null })[],
): SizeClassEdgeError[] {
  return classedBySize(particles).map(({ from, below, members }) => {
    const edges = members.map(({ edge }) => edge).filter((edge) => edge !== null);
    const meanOf = (of: (edge: EdgeError) => number) => (edges.length === 0 ? null : mean(edges.map(of)));
    return {
      from,
      below,
      matched: edges.length,
      absolutePxMean: meanOf(({ absolutePx }) => absolutePx),
      signedPxMean: meanOf(({ signedPx }) => signedPx),
    };
  });
}

interface Pixel {
  readonly x: number;
  readonly y: number;
}

function outlinePx(
  { x: left, y: top, width, height, bits }: Mask,
  image: Pick<LabelImage, 'widthPx' | 'heightPx'>,
): Pixel[] {
  const isOutside = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= image.widthPx || y >= image.heightPx) return false;
    const [column, row] = [x - left, y - top];
    if (column < 0 || row < 0 || column >= width || row >= height) return true;
    return bits[row * width + column] === 0;
  };
  const outline: Pixel[] = [];
  for (let pixel = 0; pixel < bits.length; pixel++) {
    if (bits[pixel] === 0) continue;
    const x = left + (pixel % width);
    const y = top + Math.floor(pixel / width);
    if (isOutside(x - 1, y) || isOutside(x + 1, y) || isOutside(x, y - 1) || isOutside(x, y + 1)) {
      outline.push({ x, y });
    }
  }
  return outline;
}

function boxAround(a: Mask, b: Mask) {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

function radiusPx({ bits }: Mask): number {
  return Math.sqrt(bits.reduce((area, bit) => area + bit, 0) / Math.PI);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
