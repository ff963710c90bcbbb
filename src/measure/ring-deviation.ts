import type { RingCorner } from './border-rings.ts';
import type { PointPx } from './convex-hull.ts';

/**
 * Which corner of a border the new corner E stands for, where the border between A and D becomes A-E-D.
 * @param most by how much border and new corner may lie apart, in the unit of the coordinates
 * @param passed all corners of the border
 * @returns null where they lie farther apart
 */
export function nearestWithin(
  most: number,
  passed: readonly number[],
  a: RingCorner,
  e: PointPx,
  d: RingCorner,
): number | null {
  const corners = passed.length / 2;
  const count = (d.at - a.at + corners) % corners;
  const pointAt = (step: number): PointPx => {
    const at = 2 * ((a.at + step + corners) % corners);
    return { x: passed[at]!, y: passed[at + 1]! };
  };
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= count; step++) {
    const { x, y } = pointAt(step);
    const squared = (x - e.x) ** 2 + (y - e.y) ** 2;
    if (squared >= least) continue;
    least = squared;
    nearest = step;
  }
  const mostSquared = most ** 2;
  const near = pointAt(nearest);
  const offBorder = Math.min(
    squaredDistance(e, near, pointAt(nearest - 1)),
    squaredDistance(e, near, pointAt(nearest + 1)),
  );
  if (offBorder > mostSquared) return null;
  for (let step = 0; step <= count; step++) {
    const point = pointAt(step);
    const before = step <= nearest ? squaredDistance(point, a, e) : Number.POSITIVE_INFINITY;
    const after = step >= nearest ? squaredDistance(point, e, d) : Number.POSITIVE_INFINITY;
    if (Math.min(before, after) > mostSquared) return null;
  }
  return (a.at + nearest) % corners;
}

/** From a point to a stretch between two others. */
function squaredDistance(p: PointPx, from: PointPx, to: PointPx): number {
  const alongX = to.x - from.x;
  const alongY = to.y - from.y;
  const squared = alongX * alongX + alongY * alongY;
  const share = squared === 0 ? 0 : ((p.x - from.x) * alongX + (p.y - from.y) * alongY) / squared;
  const bounded = Math.min(Math.max(share, 0), 1);
  return (p.x - from.x - bounded * alongX) ** 2 + (p.y - from.y - bounded * alongY) ** 2;
}
