import type { RingCorner } from './border-rings.ts';
import type { PointPx } from './convex-hull.ts';

/** A corner of a ring that becomes simpler. */
export interface Corner extends RingCorner {
  readonly next: Corner;
}

/** A closed polygon without crossings; coordinates are integers, so every question is decided exactly. */
export interface CollapsingRing {
  size(): number;
  /** Any of its corners. */
  first(): Corner;
  /** Positive for a clockwise ring, as a picture is seen. */
  twiceArea(): number;
  /** Whether A-E-D in place of what is between A and D touches nothing else of the ring, which has a corner more besides. */
  isFree(a: Corner, e: PointPx, d: Corner): boolean;
  /** Whether the way A-E-D of another ring touches this one. */
  isTouchedBy(a: PointPx, e: PointPx, d: PointPx): boolean;
  /** E takes the place of all between A and D. */
  replace(a: Corner, e: RingCorner, d: Corner): void;
  /** x, y, x, y, without corners at which it goes straight on. */
  coordinates(): number[];
}

interface Link extends Corner {
  next: Link;
}

export function collapsingRing(corners: readonly RingCorner[]): CollapsingRing {
  const links = corners.map((corner) => ({ ...corner }) as Link);
  for (const [index, link] of links.entries()) link.next = links[(index + 1) % links.length]!;
  let size = links.length;
  let start = links[0]!;

  function* all(): Generator<Link> {
    let link = start;
    for (let left = size; left > 0; left--, link = link.next) yield link;
  }

  return {
    size: () => size,
    first: () => start,
    twiceArea: () => all().reduce((sum, { x, y, next }) => sum + x * next.y - next.x * y, 0),
    isFree(a, e, d) {
      // The stretches before A and after D share a corner with the new ones.
      if (isFoldedBack(a, e, d) || isFoldedBack(e, d, d.next) || meet(a, e, d, d.next)) return false;
      const isMet = meeting(a, e, d);
      let p = d.next;
      for (let q = p.next; q !== a; p = q, q = p.next) if (isMet(p, q)) return false;
      return !isFoldedBack(p, a, e) && !meet(e, d, p, a);
    },
    isTouchedBy(a, e, d) {
      const isMet = meeting(a, e, d);
      return all().some((link) => isMet(link, link.next));
    },
    replace(a, e, d) {
      const before = a as Link;
      for (let link = before.next; link !== d; link = link.next) size--;
      before.next = { ...e, next: d as Link };
      size++;
      start = before;
    },
    coordinates() {
      const flat: number[] = [];
      let before = start;
      for (const link of [...all().drop(1), start]) {
        if (turn(before, link, link.next) !== 0) flat.push(link.x, link.y);
        before = link;
      }
      return flat;
    },
  };
}

/** Says of a stretch whether it has a point in common with the way A-E-D. */
function meeting(a: PointPx, e: PointPx, d: PointPx): (p: PointPx, q: PointPx) => boolean {
  const [left, right] = [Math.min(a.x, e.x, d.x), Math.max(a.x, e.x, d.x)];
  const [top, bottom] = [Math.min(a.y, e.y, d.y), Math.max(a.y, e.y, d.y)];
  return (p, q) => {
    // Nearly all lie elsewhere.
    if ((p.x < left && q.x < left) || (p.x > right && q.x > right)) return false;
    if ((p.y < top && q.y < top) || (p.y > bottom && q.y > bottom)) return false;
    return meet(a, e, p, q) || meet(e, d, p, q);
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
