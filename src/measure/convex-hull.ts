/** A point in pixels: x to the right, y down. */
export interface PointPx {
  readonly x: number;
  readonly y: number;
}

/**
 * The convex hull of the corners of a mask's pixels, from the first and last inside column of every row
 * (-1 in an empty row). Strictly convex, closed without repeating its first vertex, every turn positive
 * (x towards y). Coordinates are integers, so every turn is decided exactly.
 *
 * Monotone chain (Andrew 1979, doi:10.1016/0020-0190(79)90072-3); rows come sorted, so it is linear in rows.
 */
export function convexHullOf(columnFirst: Int32Array, columnLast: Int32Array): PointPx[] {
  const rows = columnFirst.length;
  const rightSide: PointPx[] = [];
  const leftSide: PointPx[] = [];
  let firstAbove = -1;
  let lastAbove = -1;
  // The corners at height y belong to the pixels of row y - 1 and of row y.
  for (let y = 0; y <= rows; y++) {
    const first = y < rows ? columnFirst[y]! : -1;
    const last = y < rows ? columnLast[y]! : -1;
    if (first >= 0 || firstAbove >= 0) {
      const left = Math.min(first < 0 ? firstAbove : first, firstAbove < 0 ? first : firstAbove);
      leftSide.push({ x: left, y });
      rightSide.push({ x: Math.max(last, lastAbove) + 1, y });
    }
    firstAbove = first;
    lastAbove = last;
  }
  return [...turningPositively(rightSide), ...turningPositively(leftSide.reverse())];
}

/** Drops every point where the chain would go straight on or turn back. */
function turningPositively(chain: readonly PointPx[]): PointPx[] {
  const kept: PointPx[] = [];
  for (const point of chain) {
    while (kept.length >= 2 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop();
    kept.push(point);
  }
  return kept;
}

function turn(a: PointPx, b: PointPx, c: PointPx): number {
  return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
}

/** Area of a polygon with positive turns, in square pixels (shoelace formula). */
export function polygonAreaPx2(polygon: readonly PointPx[]): number {
  let twice = 0;
  let previous = polygon.at(-1)!;
  for (const point of polygon) {
    twice += previous.x * point.y - point.x * previous.y;
    previous = point;
  }
  return twice / 2;
}
