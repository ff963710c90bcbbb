import type { PointPx } from '../../../../measure/convex-hull.ts';
import type { Outline } from '../../../../measure/correction.ts';

/** The corners of one part of an outline. */
export function cornersOf(part: readonly number[]): PointPx[] {
  return Array.from({ length: part.length >> 1 }, (_, i) => ({ x: part[2 * i]!, y: part[2 * i + 1]! }));
}

/** Whether a place lies inside, by the even-odd rule. */
export function contains(outline: Outline, { x, y }: PointPx): boolean {
  let isInside = false;
  for (const part of outline) {
    const corners = cornersOf(part);
    for (const [i, to] of corners.entries()) {
      const from = corners.at(i - 1)!;
      if (from.y <= y === to.y <= y) continue;
      if (from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x) <= x) isInside = !isInside;
    }
  }
  return isInside;
}

/** Area in square pixels, of all parts together (shoelace formula). */
export function areaPx2(outline: Outline): number {
  const doubled = outline.flatMap((part) => {
    const corners = cornersOf(part);
    return Math.abs(
      corners.reduce((sum, to, i) => {
        const from = corners.at(i - 1)!;
        return sum + from.x * to.y - to.x * from.y;
      }, 0),
    );
  });
  return doubled.reduce((sum, value) => sum + value, 0) / 2;
}
