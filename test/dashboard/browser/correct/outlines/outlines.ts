import type { Outline } from '../../../../../src/measure/correction.ts';

/** A rectangle along the pixels' sides. */
export function rectangle(x: number, y: number, widthPx: number, heightPx: number): Outline {
  return [[x, y, x + widthPx, y, x + widthPx, y + heightPx, x, y + heightPx]];
}
