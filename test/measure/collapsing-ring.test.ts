import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borderRings } from '../../src/measure/border-rings.ts';
import { CollapsingRing } from '../../src/measure/collapsing-ring.ts';
import { anyMask } from './shapes.ts';
import { haveCommonPoint, type Point, type Stretch } from './stretches.ts';

/** The border of any bitmap up to 12 x 12, which has up to some 150 corners. */
const anyBorder = anyMask.map((mask) => borderRings(mask)[0]!.turns);
const circle = (corners: number) =>
  Array.from({ length: corners }, (_, at) => ({ ...onCircle((2 * Math.PI * at) / corners), at }));
const anyCircle = fc.integer({ min: 5, max: 100 }).map(circle);

/** Where somebody wants to lay a corner: so many after the first one of the ring, and how far from the next one. */
const wishes = (farthest: number) =>
  fc.array(
    fc.record({
      after: fc.nat(),
      x: fc.integer({ min: -farthest, max: farthest }),
      y: fc.integer({ min: -farthest, max: farthest }),
    }),
    { minLength: 40, maxLength: 120 },
  );

describe('a ring whose corners become fewer', () => {
  it.each([
    // By 3 px, which are 24 eighths.
    ['nearby', anyBorder, wishes(24)],
    ['as a long spike', anyCircle, wishes(2000)],
  ])('lets a corner be laid %s just where no stretch at all is in its way', (_, rings, wanted) => {
    let [laid, refused] = [0, 0];
    fc.assert(
      fc.property(rings, wanted, (turns, all) => {
        const ring = new CollapsingRing(turns);
        let plain: Point[] = turns.map(({ x, y }) => ({ x, y }));
        for (const { after, x, y } of all) {
          if (ring.size <= 4) break;
          // Both are walked from the same corner on.
          const at = after % plain.length;
          const [a, b, c, d] = cornersFrom(ring, at, 4) as [number, number, number, number];
          expect({ x: ring.x[a]!, y: ring.y[a]! }).toEqual(plain[at]);
          const e = { x: ring.x[b]! + x, y: ring.y[b]! + y };
          const isFree = isFreeInAll(plain, at, e);
          expect(ring.isFree(a, e, d)).toBe(isFree);
          if (isFree) {
            ring.replaceTwo(a, e, ring.at[c]!);
            // It begins at A from now on.
            plain = [plain[at]!, e, ...rotated(plain, at).slice(3)];
            laid += 1;
          } else refused += 1;
          expect(ring.size).toBe(plain.length);
        }
        expect(ring.coordinates()).toEqual(bends(plain).flatMap((corner) => [corner.x, corner.y]));
      }),
    );
    // Each answer is given often.
    expect(Math.min(laid, refused)).toBeGreaterThan(100);
  });

  it('is touched by the ways of others exactly where one of its stretches is', () => {
    const somewhere = fc.record({
      x: fc.integer({ min: -8, max: 104 }),
      y: fc.integer({ min: -8, max: 104 }),
    });
    fc.assert(
      fc.property(anyBorder, somewhere, somewhere, somewhere, (turns, a, e, d) => {
        const isTouched = stretchesOf(turns).some(
          (own) => haveCommonPoint([a, e], own) || haveCommonPoint([e, d], own),
        );
        expect(new CollapsingRing(turns).isTouchedBy(a, e, d)).toBe(isTouched);
      }),
    );
  });

  it('is touched at both stretches of a corner that was laid far out, whichever it was', () => {
    const corners = circle(64);
    for (let a = 0; a < corners.length; a++) {
      const ring = new CollapsingRing(corners);
      const tip = { x: 3 * corners[a]!.x - 2000, y: 3 * corners[a]!.y - 2000 }; // thrice as far from the centre
      ring.replaceTwo(a, tip, a + 1);
      for (const end of [corners[a]!, corners[(a + 3) % 64]!]) {
        // Twice as far from the centre as any corner, but for the tip.
        const middle = { x: Math.round((tip.x + end.x) / 2), y: Math.round((tip.y + end.y) / 2) };
        const way = [-2, 0, 2].map((off) => ({ x: middle.x + off, y: middle.y }));
        const across = way.map(({ x, y }, i) => ({ x, y: y + 2 * (i - 1) }));
        const isTouched = [way, across].some(([p, q, r]) => ring.isTouchedBy(p!, q!, r!));
        expect({ a, isTouched }).toEqual({ a, isTouched: true });
      }
    }
  });
});

/** The corners of a ring from the one that lies so many after its first. */
function cornersFrom(ring: CollapsingRing, steps: number, count: number): number[] {
  let corner = ring.first;
  for (let step = 0; step < steps; step++) corner = ring.next[corner]!;
  const corners = [corner];
  while (corners.length < count) corners.push(ring.next[corners.at(-1)!]!);
  return corners;
}

function onCircle(angle: number): Point {
  return { x: Math.round(1000 + 1000 * Math.cos(angle)), y: Math.round(1000 + 1000 * Math.sin(angle)) };
}

function rotated<T>(all: readonly T[], by: number): T[] {
  return [...all.slice(by), ...all.slice(0, by)];
}

function stretchesOf(corners: readonly Point[]): Stretch[] {
  return corners.map((corner, i) => [corner, corners[(i + 1) % corners.length]!]);
}

/** Whether E may take the place of the two corners after the one at a place: it is compared with every stretch of the ring. */
function isFreeInAll(corners: readonly Point[], at: number, e: Point): boolean {
  const [a, , , d, ...others] = rotated(corners, at) as [Point, Point, Point, Point, ...Point[]];
  const after = others[0]!;
  const before = others.at(-1)!;
  if (isFoldedBack(before, a, e) || isFoldedBack(a, e, d) || isFoldedBack(e, d, after)) return false;
  if (haveCommonPoint([a, e], [d, after]) || haveCommonPoint([e, d], [before, a])) return false;
  return others.slice(1).every((to, i) => {
    const stretch: Stretch = [others[i]!, to];
    return !haveCommonPoint([a, e], stretch) && !haveCommonPoint([e, d], stretch);
  });
}

/** Whether the way through B returns over itself, or stands still there. */
function isFoldedBack(a: Point, b: Point, c: Point): boolean {
  const [inX, inY, outX, outY] = [b.x - a.x, b.y - a.y, c.x - b.x, c.y - b.y];
  return inX * outY === inY * outX && inX * outX + inY * outY <= 0;
}

/** The corners at which a ring does not go straight on. */
function bends(corners: readonly Point[]): Point[] {
  return corners.filter((b, i) => {
    const a = corners.at(i - 1)!;
    const c = corners[(i + 1) % corners.length]!;
    return (b.x - a.x) * (c.y - b.y) !== (b.y - a.y) * (c.x - b.x);
  });
}
