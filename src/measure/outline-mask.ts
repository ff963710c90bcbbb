import type { Outline } from './correction.ts';
import type { Mask } from './mask.ts';

/**
 * The pixels whose centres lie inside an outline by the even-odd rule, so that a part within another is a hole; the
 * centre of the pixel in column 0 lies at 0.5. Gives a window as small as the outline; its bits may all be 0.
 *
 * @param outline corners in pixels of the tile, each part with at least three of them.
 */
export function maskOfOutline(outline: Outline): Mask {
  const { left, top, right, bottom } = boundsOf(outline);
  const x = Math.floor(left);
  const y = Math.floor(top);
  const width = Math.max(1, Math.ceil(right) - x);
  const height = Math.max(1, Math.ceil(bottom) - y);
  const bits = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const crossings = crossingsAt(outline, y + row + 0.5);
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      // The first centre at or after the crossing, and the first at or after the next one.
      const from = Math.ceil(crossings[at]! - x - 0.5);
      const to = Math.ceil(crossings[at + 1]! - x - 0.5);
      bits.fill(1, row * width + Math.max(0, from), row * width + Math.min(width, Math.max(0, to)));
    }
  }
  return { x, y, width, height, bits };
}

/** The smallest box around all corners, in pixels of the tile. */
export function boundsOf(outline: Outline): {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
} {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of outline) {
    for (let at = 0; at + 1 < part.length; at += 2) {
      left = Math.min(left, part[at]!);
      right = Math.max(right, part[at]!);
      top = Math.min(top, part[at + 1]!);
      bottom = Math.max(bottom, part[at + 1]!);
    }
  }
  return { left, top, right, bottom };
}

/** Where the sides of an outline cross a horizontal line, from left to right. */
function crossingsAt(outline: Outline, y: number): number[] {
  const found: number[] = [];
  for (const part of outline) {
    const corners = part.length / 2;
    for (let corner = 0; corner < corners; corner++) {
      const next = (corner + 1) % corners;
      const [x0, y0] = [part[2 * corner]!, part[2 * corner + 1]!];
      const [x1, y1] = [part[2 * next]!, part[2 * next + 1]!];
      // A side holds its upper end alone, so that two sides that meet on the line cross it once.
      if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  return found.sort((a, b) => a - b);
}
