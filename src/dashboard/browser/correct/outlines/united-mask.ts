import type { Outline } from '../../../../measure/correction.ts';
import type { Mask } from '../../../../measure/mask.ts';
import { maskOfOutline } from '../../../../measure/outline-mask.ts';

/**
 * The pixels that lie in any of the outlines, in one window with so many empty pixels around them. Pure.
 * @param outlines at least one
 */
export function unitedMask(outlines: readonly Outline[], marginPx: number): Mask {
  const masks = outlines.map(maskOfOutline);
  const x = Math.min(...masks.map((mask) => mask.x)) - marginPx;
  const y = Math.min(...masks.map((mask) => mask.y)) - marginPx;
  const width = Math.max(...masks.map((mask) => mask.x + mask.width)) + marginPx - x;
  const height = Math.max(...masks.map((mask) => mask.y + mask.height)) + marginPx - y;
  const bits = new Uint8Array(width * height);
  for (const mask of masks) {
    for (const [pixel, bit] of mask.bits.entries()) {
      if (bit === 0) continue;
      const column = mask.x - x + (pixel % mask.width);
      bits[(mask.y - y + Math.floor(pixel / mask.width)) * width + column] = 1;
    }
  }
  return { x, y, width, height, bits };
}
