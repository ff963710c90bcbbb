export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Stretch = readonly [Point, Point];

/** Exact where coordinates are integers, or parts of two. */
export function haveCommonPoint([a, b]: Stretch, [p, q]: Stretch): boolean {
  const side = (from: Point, to: Point, of: Point): number =>
    Math.sign((to.x - from.x) * (of.y - from.y) - (to.y - from.y) * (of.x - from.x));
  const boxesMeet =
    Math.max(a.x, b.x) >= Math.min(p.x, q.x) &&
    Math.max(p.x, q.x) >= Math.min(a.x, b.x) &&
    Math.max(a.y, b.y) >= Math.min(p.y, q.y) &&
    Math.max(p.y, q.y) >= Math.min(a.y, b.y);
  return boxesMeet && side(a, b, p) * side(a, b, q) <= 0 && side(p, q, a) * side(p, q, b) <= 0;
}
