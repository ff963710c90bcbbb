import type { Mask } from './mask.ts';
import { paddedMask } from './padded-mask.ts';

/**
 * Tile columns and rows of the mask's pixels with a side towards a pixel outside, around holes too, in reading
 * order. Beyond the window is outside, so a particle cut by the tile's edge is closed there.
 */
export function* borderPixels(mask: Mask): Generator<{ x: number; y: number }, void> {
  const { cells, stride } = paddedMask(mask);
  for (let row = 1; row <= mask.height; row++) {
    for (let column = 1; column <= mask.width; column++) {
      const here = row * stride + column;
      if (cells[here] === 0) continue;
      if (cells[here - 1] && cells[here + 1] && cells[here - stride] && cells[here + stride]) continue;
      yield { x: mask.x + column - 1, y: mask.y + row - 1 };
    }
  }
}
