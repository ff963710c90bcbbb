import type { Mask } from './mask.ts';

/** A mask's bitmap inside a frame of zeros one pixel wide, so that every pixel has all its neighbours. */
export interface PaddedMask {
  readonly cells: Uint8Array;
  /** Cells from one row to the next: the window's width + 2. */
  readonly stride: number;
}

/** Throws a RangeError when the bitmap does not fill its window. */
export function paddedMask(mask: Mask): PaddedMask {
  const { width, height, bits } = mask;
  if (bits.length !== width * height) {
    throw new RangeError(
      `mask at column ${mask.x}, row ${mask.y}: ${bits.length} bits, expected ${width} x ${height} = ${width * height}`,
    );
  }
  const stride = width + 2;
  const cells = new Uint8Array(stride * (height + 2));
  for (let row = 0; row < height; row++) {
    cells.set(bits.subarray(row * width, (row + 1) * width), (row + 1) * stride + 1);
  }
  return { cells, stride };
}
