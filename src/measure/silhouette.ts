import type { Mask } from './mask.ts';

/** What one scan over a mask's rows tells; columns and rows count from the window's first pixel. */
export interface Silhouette {
  /** Pixels inside; never 0. */
  readonly areaPx: number;
  /** Mean of the pixel centres; the centre of the pixel in column 0 lies at 0.5. */
  readonly centroid: { readonly x: number; readonly y: number };
  /** First and last inside column of every row of the window; -1 in a row without any. */
  readonly columnFirst: Int32Array;
  readonly columnLast: Int32Array;
  /** The tight box around the pixels inside. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** Throws a RangeError on a mask without a pixel: there is nothing to measure. */
export function silhouetteOf(mask: Mask): Silhouette {
  const { width, height, bits } = mask;
  const columnFirst = new Int32Array(height).fill(-1);
  const columnLast = new Int32Array(height).fill(-1);
  let areaPx = 0;
  let sumOfColumns = 0;
  let sumOfRows = 0;
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;

  for (let row = 0; row < height; row++) {
    const start = row * width;
    let first = 0;
    while (first < width && bits[start + first] === 0) first++;
    if (first === width) continue;
    let last = width - 1;
    while (bits[start + last] === 0) last--;
    let count = 0;
    for (let column = first; column <= last; column++) {
      // Bits are 0 or 1, so a pixel outside adds nothing, without a branch.
      const bit = bits[start + column]!;
      count += bit;
      sumOfColumns += bit * column;
    }
    columnFirst[row] = first;
    columnLast[row] = last;
    areaPx += count;
    sumOfRows += row * count;
    left = Math.min(left, first);
    right = Math.max(right, last);
    if (top < 0) top = row;
    bottom = row;
  }

  if (areaPx === 0) {
    throw new RangeError(
      `mask at column ${mask.x}, row ${mask.y} (${width} x ${height} px) has no pixel inside`,
    );
  }
  const centroid = { x: sumOfColumns / areaPx + 0.5, y: sumOfRows / areaPx + 0.5 };
  return { areaPx, centroid, columnFirst, columnLast, box: { left, top, right, bottom } };
}
