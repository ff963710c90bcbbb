import type { RingCorner } from './border-rings.ts';
import type { PointPx } from './convex-hull.ts';

/**
 * Which corner of a border the new corner E stands for, where the border between A and D becomes A-E-D.
 * @param most by how much border and new corner may lie apart, in the unit of the coordinates
 * @param passed all corners of the border
 * @param instead corners of the border for which those stand whose place E takes
 * @returns null where they lie farther apart
 */
export function nearestWithin(
  most: number,
  passed: readonly number[],
  a: RingCorner,
  e: PointPx,
  d: RingCorner,
  instead: readonly number[],
): number | null {
  const mostSquared = most ** 2;
  // Most ways that are refused leave what stood for the corners before.
  for (const at of instead) {
    const [x, y] = [passed[2 * at]!, passed[2 * at + 1]!];
    const isLeft = squaredDistance(x, y, a.x, a.y, e.x, e.y) > mostSquared;
    if (isLeft && squaredDistance(x, y, e.x, e.y, d.x, d.y) > mostSquared) return null;
  }
  const last = passed.length - 2;
  const first = 2 * a.at;
  const count = 1 + (((d.at - a.at) * 2 + passed.length) % passed.length) / 2;
  const after = (at: number): number => (at === last ? 0 : at + 2);
  const before = (at: number): number => (at === 0 ? last : at - 2);
  let nearest = first;
  let nearestStep = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = first, step = 0; step < count; at = after(at), step++) {
    const squared = (passed[at]! - e.x) ** 2 + (passed[at + 1]! - e.y) ** 2;
    if (squared >= least) continue;
    least = squared;
    nearest = at;
    nearestStep = step;
  }
  const isNearBorder = (other: number): boolean =>
    squaredDistance(e.x, e.y, passed[nearest]!, passed[nearest + 1]!, passed[other]!, passed[other + 1]!) <=
    mostSquared;
  if (least > mostSquared && !isNearBorder(before(nearest)) && !isNearBorder(after(nearest))) return null;
  for (let at = first, step = 0; step < count; at = after(at), step++) {
    const x = passed[at]!;
    const y = passed[at + 1]!;
    const isNearFirst = step <= nearestStep && squaredDistance(x, y, a.x, a.y, e.x, e.y) <= mostSquared;
    if (isNearFirst) continue;
    if (step < nearestStep || squaredDistance(x, y, e.x, e.y, d.x, d.y) > mostSquared) return null;
  }
  return nearest / 2;
}

/** From a point to a stretch between two others. */
function squaredDistance(
  x: number,
  y: number,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): number {
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  const squared = alongX * alongX + alongY * alongY;
  const share = squared === 0 ? 0 : ((x - fromX) * alongX + (y - fromY) * alongY) / squared;
  const bounded = share < 0 ? 0 : share > 1 ? 1 : share;
  return (x - fromX - bounded * alongX) ** 2 + (y - fromY - bounded * alongY) ** 2;
}
