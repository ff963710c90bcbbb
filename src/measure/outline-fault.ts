import type { Outline } from './correction.ts';
import { boundsOf } from './outline-mask.ts';

/** Each side is held against each other one: so many take some hundredths of a second. */
const CORNERS_MOST = 2_000;

/** What is wrong with an outline that somebody drew on a tile, in words; null where it can be measured. */
export function outlineFault(
  outline: Outline,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): string | null {
  if (outline.length === 0) return 'the outline has no corner; draw at least three';
  for (const part of outline) {
    if (part.length % 2 !== 0) {
      return `the outline has ${part.length} numbers in one part; give x and y of each corner`;
    }
    if (part.length < 6) {
      return `the outline has ${part.length / 2} corners in one part; draw at least three`;
    }
    if (!part.every(Number.isFinite)) return 'the outline has a corner that is no finite number';
  }
  const corners = outline.reduce((sum, part) => sum + part.length / 2, 0);
  if (corners > CORNERS_MOST) {
    return `the outline has ${corners} corners, at most ${CORNERS_MOST} are taken; simplify it`;
  }
  const { left, top, right, bottom } = boundsOf(outline);
  if (left < 0 || top < 0 || right > widthPx || bottom > heightPx) {
    const px = (value: number) => String(Math.round(value * 10) / 10);
    return `the outline reaches from ${px(left)}, ${px(top)} to ${px(right)}, ${px(bottom)} px, outside of the tile of ${widthPx} x ${heightPx} px without its data bar; keep it within`;
  }
  return crossesItself(outline) ? 'the outline crosses itself; draw it anew without a loop' : null;
}

type Side = readonly [x0: number, y0: number, x1: number, y1: number];

/** Whether two sides cross between their ends; to touch, as pixels do at their corners, is no crossing. */
function crossesItself(outline: Outline): boolean {
  const sides = outline.flatMap(sidesOf);
  for (const [at, side] of sides.entries()) {
    for (let other = at + 1; other < sides.length; other++) {
      if (cross(side, sides[other]!)) return true;
    }
  }
  return false;
}

function sidesOf(part: readonly number[]): Side[] {
  const corners = part.length / 2;
  return Array.from({ length: corners }, (_, at) => {
    const next = (at + 1) % corners;
    return [part[2 * at]!, part[2 * at + 1]!, part[2 * next]!, part[2 * next + 1]!] as const;
  });
}

function cross(one: Side, other: Side): boolean {
  return areApart(one, other) && areApart(other, one);
}

/** Whether the ends of the second lie on different sides of the line through the first, neither on it. */
function areApart([x0, y0, x1, y1]: Side, [a, b, c, d]: Side): boolean {
  const turn = (x: number, y: number) => (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0);
  return turn(a, b) * turn(c, d) < 0;
}
