import { connectedRuns } from './connected-runs.ts';
import type { Mask } from './mask.ts';
import { type PaddedMask, paddedMask } from './padded-mask.ts';

/** Parts of a pixel that coordinates of rings count. */
export const PARTS_A_PIXEL = 8;

/** The outer border of one part of a mask, clockwise as the picture is seen; coordinates in eighths of a pixel of the tile. */
export interface BorderRing {
  /** Every corner of a pixel that the border passes: x, y, x, y. */
  readonly passed: readonly number[];
  /** Those of them at which it turns, each with its place in `passed`. */
  readonly turns: readonly RingCorner[];
}

export interface RingCorner {
  readonly x: number;
  readonly y: number;
  /** Which corner of `passed` it is, or stands for. */
  readonly at: number;
}

const RIGHT = 0;
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/**
 * Follows the cracks between pixels inside and outside around each 4-connected part of the mask, exactly; holes are passed
 * over. Beyond the window is outside. Where two pixels meet at a corner only, both rings (or both passes of one) cut that
 * corner by an eighth of a pixel, so that no ring touches itself or another.
 */
export function borderRings(mask: Mask): BorderRing[] {
  const padded = paddedMask(mask);
  const { start, component } = connectedRuns(padded, 1, 0);
  // A part's first pixel in reading order has the outside above it.
  return start.flatMap((cell, run) => (component[run] === run ? [ringFrom(cell, padded, mask)] : []));
}

/** Clockwise with the part to the right, beginning along the top of its first pixel. */
function ringFrom(cell: number, { cells, stride }: PaddedMask, { x: left, y: top }: Mask): BorderRing {
  const ahead = cellsAhead(stride);
  const passed: number[] = [];
  const turns: RingCorner[] = [];
  let column = cell % stride;
  let row = Math.floor(cell / stride);
  const [firstColumn, firstRow] = [column, row];
  let heading = RIGHT;
  do {
    const [stepX, stepY] = STEPS[heading]!;
    column += stepX;
    row += stepY;
    const corner = row * stride + column;
    const isLeftInside = cells[corner + ahead[heading]!.left] === 1;
    const isRightInside = cells[corner + ahead[heading]!.right] === 1;
    const at = passed.length / 2;
    const x = (left + column - 1) * PARTS_A_PIXEL;
    const y = (top + row - 1) * PARTS_A_PIXEL;
    passed.push(x, y);
    // A pixel that only touches this corner is another part, or will be passed another time.
    const turn = isRightInside ? (isLeftInside ? 3 : 0) : 1;
    if (turn === 1 && isLeftInside) {
      const [outX, outY] = STEPS[(heading + 1) % 4]!;
      turns.push({ x: x - stepX, y: y - stepY, at }, { x: x + outX, y: y + outY, at });
    } else if (turn !== 0) turns.push({ x, y, at });
    heading = (heading + turn) % 4;
  } while (column !== firstColumn || row !== firstRow || heading !== RIGHT);
  return { passed, turns };
}

/** Offsets, from the cell right below a corner, of the cells ahead to the left and to the right of each heading. */
function cellsAhead(stride: number): { left: number; right: number }[] {
  const [below, belowLeft, above, aboveLeft] = [0, -1, -stride, -stride - 1];
  return [
    { left: above, right: below },
    { left: below, right: belowLeft },
    { left: belowLeft, right: aboveLeft },
    { left: aboveLeft, right: above },
  ];
}
