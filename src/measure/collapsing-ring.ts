import type { RingCorner } from './border-rings.ts';
import type { PointPx } from './convex-hull.ts';

/**
 * A closed polygon without crossings whose corners become fewer; coordinates are integers, so every question is decided
 * exactly. Corners are named by numbers; columns, since thousands of corners are asked for each other.
 */
export interface CollapsingRing {
  size(): number;
  /** Any of its corners. */
  first(): number;
  /** Positive for a clockwise ring, as a picture is seen. */
  twiceArea(): number;
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Which corner of the border each stands for. */
  readonly at: Int32Array;
  readonly next: Int32Array;
  /** 1: it was tried without success to collapse what follows the corner, and nothing has changed there since. */
  readonly tried: Uint8Array;
  /** Whether A-E-D in place of what is between A and D touches nothing else of the ring, which has a corner more besides. */
  isFree(a: number, e: PointPx, d: number): boolean;
  /** Whether the way A-E-D of another ring touches this one. */
  isTouchedBy(a: PointPx, e: PointPx, d: PointPx): boolean;
  /** E takes the place of the two corners after A. */
  replaceTwo(a: number, e: RingCorner): void;
  /** x, y, x, y, without corners at which it goes straight on. */
  coordinates(): number[];
}

type Columns = [x: Int32Array, y: Int32Array, at: Int32Array, next: Int32Array, previous: Int32Array];

export function collapsingRing(corners: readonly RingCorner[]): CollapsingRing {
  const count = corners.length;
  const [x, y, at, next, previous] = Array.from({ length: 5 }, () => new Int32Array(count)) as Columns;
  for (const [index, corner] of corners.entries()) {
    x[index] = corner.x;
    y[index] = corner.y;
    at[index] = corner.at;
    next[index] = (index + 1) % count;
    previous[index] = (index + count - 1) % count;
  }
  const tried = new Uint8Array(count);
  let size = count;
  let start = 0;

  const point = (corner: number): PointPx => ({ x: x[corner]!, y: y[corner]! });

  function all(): number[] {
    const corners = [start];
    for (let corner = next[start]!; corner !== start; corner = next[corner]!) corners.push(corner);
    return corners;
  }

  /** Whether the way A-E-D has a point in common with the ring between two of its corners. */
  function isMet(a: PointPx, e: PointPx, d: PointPx, from: number, to: number): boolean {
    const left = Math.min(a.x, e.x, d.x);
    const right = Math.max(a.x, e.x, d.x);
    const top = Math.min(a.y, e.y, d.y);
    const bottom = Math.max(a.y, e.y, d.y);
    let p = from;
    let px = x[p]!;
    let py = y[p]!;
    while (p !== to) {
      const q = next[p]!;
      const qx = x[q]!;
      const qy = y[q]!;
      // Nearly all lie elsewhere.
      const isBeside = (px < left && qx < left) || (px > right && qx > right);
      if (!isBeside && !((py < top && qy < top) || (py > bottom && qy > bottom))) {
        if (meet(a, e, point(p), point(q)) || meet(e, d, point(p), point(q))) return true;
      }
      p = q;
      px = qx;
      py = qy;
    }
    return false;
  }

  return {
    ...{ x, y, at, next, tried },
    size: () => size,
    first: () => start,
    twiceArea: () => all().reduce((sum, p) => sum + x[p]! * y[next[p]!]! - x[next[p]!]! * y[p]!, 0),
    isFree(first, e, third) {
      const [a, d] = [point(first), point(third)];
      const [before, after] = [point(previous[first]!), point(next[third]!)];
      // The stretches before A and after D share a corner with the new ones.
      if (isFoldedBack(before, a, e) || isFoldedBack(a, e, d) || isFoldedBack(e, d, after)) return false;
      if (meet(a, e, d, after) || meet(e, d, before, a)) return false;
      return !isMet(a, e, d, next[third]!, previous[first]!);
    },
    isTouchedBy: (a, e, d) =>
      isMet(a, e, d, start, previous[start]!) || isMet(a, e, d, previous[start]!, start),
    replaceTwo(a, e) {
      const place = next[a]!;
      const after = next[next[place]!]!;
      x[place] = e.x;
      y[place] = e.y;
      at[place] = e.at;
      next[place] = after;
      previous[after] = place;
      size--;
      start = a;
      // Of each of these the third corner after it, or an earlier one, is another now.
      for (const corner of [place, a, previous[a]!, previous[previous[a]!]!]) tried[corner] = 0;
    },
    coordinates: () =>
      all().flatMap((corner) => {
        const isStraight = turn(point(previous[corner]!), point(corner), point(next[corner]!)) === 0;
        return isStraight ? [] : [x[corner]!, y[corner]!];
      }),
  };
}

/** Positive where the way turns to the right at B, as a picture is seen. */
function turn(a: PointPx, b: PointPx, c: PointPx): number {
  return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
}

/** Whether the way from A to B goes back over itself towards C, or stands still. */
function isFoldedBack(a: PointPx, b: PointPx, c: PointPx): boolean {
  return turn(a, b, c) === 0 && (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) <= 0;
}

/** Whether two stretches have a point in common. */
function meet(a: PointPx, b: PointPx, p: PointPx, q: PointPx): boolean {
  const isApart = (from: number, to: number, otherFrom: number, otherTo: number): boolean =>
    Math.max(from, to) < Math.min(otherFrom, otherTo) || Math.max(otherFrom, otherTo) < Math.min(from, to);
  if (isApart(a.x, b.x, p.x, q.x) || isApart(a.y, b.y, p.y, q.y)) return false;
  const isParted = Math.sign(turn(a, b, p)) * Math.sign(turn(a, b, q)) > 0;
  return !isParted && Math.sign(turn(p, q, a)) * Math.sign(turn(p, q, b)) <= 0;
}
