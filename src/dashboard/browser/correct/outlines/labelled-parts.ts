import type { Mask } from '../../../../measure/mask.ts';

/** Connected parts of a mask: which pixel is of which. */
export interface LabelledParts {
  /** A part's number from 0, or -1 outside. */
  readonly labels: Int32Array;
  /** Pixels of each part. */
  readonly sizesPx: readonly number[];
}

/**
 * The 4-connected parts of a mask, numbered in reading order.
 * @param isCut says whether a step from one pixel to its neighbour is barred; pixels are numbered as the mask's bits
 */
export function labelledParts(
  { width, height, bits }: Mask,
  isCut: (from: number, to: number) => boolean = () => false,
): LabelledParts {
  const labels = new Int32Array(bits.length).fill(-1);
  const sizesPx: number[] = [];
  for (let first = 0; first < bits.length; first++) {
    if (bits[first] === 0 || labels[first] !== -1) continue;
    const label = sizesPx.push(0) - 1;
    labels[first] = label;
    const open = [first];
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      sizesPx[label]! += 1;
      for (const next of neighbours(pixel, width, height)) {
        if (bits[next] === 0 || labels[next] !== -1 || isCut(pixel, next)) continue;
        labels[next] = label;
        open.push(next);
      }
    }
  }
  return { labels, sizesPx };
}

function neighbours(pixel: number, width: number, height: number): number[] {
  const column = pixel % width;
  const found: number[] = [];
  if (column > 0) found.push(pixel - 1);
  if (column < width - 1) found.push(pixel + 1);
  if (pixel >= width) found.push(pixel - width);
  if (pixel < width * (height - 1)) found.push(pixel + width);
  return found;
}
