import { borderRings, PARTS_A_PIXEL } from './border-rings.ts';
import type { Outline } from './correction.ts';
import type { Mask } from './mask.ts';
import { type FramePx, simplifiedRings } from './simplified-ring.ts';

/**
 * The outer border of each 4-connected part of a mask as a polygon of few corners, in pixels of the tile: (0, 0) is the upper
 * left corner of its first pixel. The border moves by less than 0.75 px, the area by a fraction of a per cent. Rings
 * run clockwise as the picture is seen, and none crosses itself; holes are not told. Coordinates are whole eighths of a pixel.
 * @param tile where corners may lie
 * @throws RangeError when the bitmap does not fill its window
 */
export function outlineOf(mask: Mask, tile: FramePx): Outline {
  return simplifiedRings(borderRings(mask), tile).map((ring) => ring.map((part) => part / PARTS_A_PIXEL));
}
