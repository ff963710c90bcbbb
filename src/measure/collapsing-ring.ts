import type { RingCorner } from './border-rings.ts';
import type { PointPx } from './convex-hull.ts';

/** Successive stretches that share a box: with fewer there are more boxes to look at, with more there is more in each. */
const STRETCHES_A_BOX = 16;
const FARTHEST = 2 ** 31 - 1;
/** In place of a corner: there is none. */
const NONE = -1;

/**
 * A closed polygon without crossings whose corners become fewer; coordinates are integers, so every question is decided
 * exactly. Corners are named by numbers, stretches by the corner at which they begin; columns and boxes, since thousands of
 * stretches are asked for each other.
 */
export class CollapsingRing {
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Which corner of the border each stands for. */
  readonly at: Int32Array;
  readonly next: Int32Array;
  /** 1: it was tried without success to collapse what follows the corner, and nothing has changed there since. */
  readonly tried: Uint8Array;
  readonly #previous: Int32Array;
  /** Left, top, right, bottom of what successive stretches lie in, or lay in before: a box never shrinks. */
  readonly #boxes: Int32Array;
  #size: number;
  #first = 0;

  constructor(corners: readonly RingCorner[]) {
    const count = corners.length;
    this.#size = count;
    this.x = new Int32Array(count);
    this.y = new Int32Array(count);
    this.at = new Int32Array(count);
    this.next = new Int32Array(count);
    this.tried = new Uint8Array(count);
    this.#previous = new Int32Array(count);
    for (let corner = 0; corner < count; corner++) {
      const { x, y, at } = corners[corner]!;
      this.x[corner] = x;
      this.y[corner] = y;
      this.at[corner] = at;
      this.next[corner] = (corner + 1) % count;
      this.#previous[corner] = (corner + count - 1) % count;
    }
    this.#boxes = new Int32Array(4 * Math.ceil(count / STRETCHES_A_BOX));
    for (let i = 0; i < this.#boxes.length; i++) this.#boxes[i] = i % 4 < 2 ? FARTHEST : -FARTHEST;
    for (let corner = 0; corner < count; corner++) this.#enclose(corner);
  }

  get size(): number {
    return this.#size;
  }

  /** Any of its corners. */
  get first(): number {
    return this.#first;
  }

  /** Positive for a clockwise ring, as a picture is seen. */
  twiceArea(): number {
    const { x, y, next } = this;
    return this.#corners().reduce((sum, p) => sum + x[p]! * y[next[p]!]! - x[next[p]!]! * y[p]!, 0);
  }

  /** Whether A-E-D in place of what is between A and D touches nothing else of the ring, which has a corner more besides. */
  isFree(a: number, { x: ex, y: ey }: PointPx, d: number): boolean {
    const { x, y, next } = this;
    const [before, after] = [this.#previous[a]!, next[d]!];
    const [ax, ay, dx, dy] = [x[a]!, y[a]!, x[d]!, y[d]!];
    const [beforeX, beforeY, afterX, afterY] = [x[before]!, y[before]!, x[after]!, y[after]!];
    // The stretches before A and after D share a corner with the new ones.
    if (isFoldedBack(beforeX, beforeY, ax, ay, ex, ey) || isFoldedBack(ax, ay, ex, ey, dx, dy)) return false;
    if (isFoldedBack(ex, ey, dx, dy, afterX, afterY)) return false;
    if (meet(ax, ay, ex, ey, dx, dy, afterX, afterY)) return false;
    if (meet(ex, ey, dx, dy, beforeX, beforeY, ax, ay)) return false;
    return !this.#isMet(wayOf(ax, ay, ex, ey, dx, dy), before, d);
  }

  /** Whether the way A-E-D of another ring touches this one. */
  isTouchedBy(a: PointPx, e: PointPx, d: PointPx): boolean {
    return this.#isMet(wayOf(a.x, a.y, e.x, e.y, d.x, d.y), NONE, NONE);
  }

  /** E takes the place of the two corners after A. */
  replaceTwo(a: number, e: PointPx, at: number): void {
    const { next, tried } = this;
    const place = next[a]!;
    const gone = next[place]!;
    const after = next[gone]!;
    this.x[place] = e.x;
    this.y[place] = e.y;
    this.at[place] = at;
    next[place] = after;
    next[gone] = NONE;
    this.#previous[after] = place;
    this.#enclose(a);
    this.#enclose(place);
    this.#size--;
    this.#first = a;
    // Of each of these the third corner after it, or an earlier one, is another now.
    const before = this.#previous[a]!;
    tried[place] = 0;
    tried[a] = 0;
    tried[before] = 0;
    tried[this.#previous[before]!] = 0;
  }

  /** x, y, x, y, without corners at which it goes straight on. */
  coordinates(): number[] {
    const { x, y, next } = this;
    return this.#corners().flatMap((b) => {
      const [a, c] = [this.#previous[b]!, next[b]!];
      return turn(x[a]!, y[a]!, x[b]!, y[b]!, x[c]!, y[c]!) === 0 ? [] : [x[b]!, y[b]!];
    });
  }

  #corners(): number[] {
    const all = [this.#first];
    for (let p = this.next[this.#first]!; p !== this.#first; p = this.next[p]!) all.push(p);
    return all;
  }

  /** Whether the way has a point in common with a stretch of the ring, those of the corners `from` to `to` left out. */
  #isMet(way: Way, from: number, to: number): boolean {
    const boxes = this.#boxes;
    for (let box = 0; box < boxes.length; box += 4) {
      // Nearly all lie elsewhere.
      if (boxes[box]! > way.right || boxes[box + 2]! < way.left) continue;
      if (boxes[box + 1]! > way.bottom || boxes[box + 3]! < way.top) continue;
      if (this.#isMetInBox((box / 4) * STRETCHES_A_BOX, way, from, to)) return true;
    }
    return false;
  }

  #isMetInBox(first: number, way: Way, from: number, to: number): boolean {
    const { x, y, next } = this;
    const end = Math.min(x.length, first + STRETCHES_A_BOX);
    for (let p = first; p < end; p++) {
      const q = next[p]!;
      if (q === NONE || isBeside(way, x[p]!, y[p]!, x[q]!, y[q]!)) continue;
      if (from !== NONE && this.#isBetween(p, from, to)) continue;
      if (isCrossed(way, x[p]!, y[p]!, x[q]!, y[q]!)) return true;
    }
    return false;
  }

  /** Both ends included. */
  #isBetween(p: number, from: number, to: number): boolean {
    for (let corner = from; corner !== to; corner = this.next[corner]!) if (corner === p) return true;
    return p === to;
  }

  /** Has its box hold the stretch as it is now. */
  #enclose(p: number): void {
    const { x, y, next } = this;
    const boxes = this.#boxes;
    const q = next[p]!;
    const box = 4 * Math.floor(p / STRETCHES_A_BOX);
    boxes[box] = Math.min(boxes[box]!, x[p]!, x[q]!);
    boxes[box + 1] = Math.min(boxes[box + 1]!, y[p]!, y[q]!);
    boxes[box + 2] = Math.max(boxes[box + 2]!, x[p]!, x[q]!);
    boxes[box + 3] = Math.max(boxes[box + 3]!, y[p]!, y[q]!);
  }
}

/** Two stretches, A-E and E-D, and the box that they lie in. */
interface Way {
  readonly ax: number;
  readonly ay: number;
  readonly ex: number;
  readonly ey: number;
  readonly dx: number;
  readonly dy: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function wayOf(ax: number, ay: number, ex: number, ey: number, dx: number, dy: number): Way {
  const left = Math.min(ax, ex, dx);
  const top = Math.min(ay, ey, dy);
  const right = Math.max(ax, ex, dx);
  const bottom = Math.max(ay, ey, dy);
  return { ax, ay, ex, ey, dx, dy, left, top, right, bottom };
}

/** Whether the stretch P-Q lies to one side of the way's box. */
function isBeside(
  { left, top, right, bottom }: Way,
  px: number,
  py: number,
  qx: number,
  qy: number,
): boolean {
  return (
    (px < left && qx < left) ||
    (px > right && qx > right) ||
    (py < top && qy < top) ||
    (py > bottom && qy > bottom)
  );
}

function isCrossed(way: Way, px: number, py: number, qx: number, qy: number): boolean {
  const { ax, ay, ex, ey, dx, dy } = way;
  return meet(ax, ay, ex, ey, px, py, qx, qy) || meet(ex, ey, dx, dy, px, py, qx, qy);
}

/** Positive where the way turns to the right at B, as a picture is seen. */
function turn(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  return (bx - ax) * (cy - by) - (by - ay) * (cx - bx);
}

/** Whether the way from A to B goes back over itself towards C, or stands still. */
function isFoldedBack(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): boolean {
  return turn(ax, ay, bx, by, cx, cy) === 0 && (bx - ax) * (cx - bx) + (by - ay) * (cy - by) <= 0;
}

/** Whether the stretches A-B and P-Q have a point in common. */
function meet(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  px: number,
  py: number,
  qx: number,
  qy: number,
): boolean {
  if (Math.max(ax, bx) < Math.min(px, qx) || Math.max(px, qx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(py, qy) || Math.max(py, qy) < Math.min(ay, by)) return false;
  const isParted = Math.sign(turn(ax, ay, bx, by, px, py)) * Math.sign(turn(ax, ay, bx, by, qx, qy)) > 0;
  if (isParted) return false;
  return Math.sign(turn(px, py, qx, qy, ax, ay)) * Math.sign(turn(px, py, qx, qy, bx, by)) <= 0;
}
