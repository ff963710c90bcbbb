import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borderRings } from '../../src/measure/border-rings.ts';
import { CollapsingRing } from '../../src/measure/collapsing-ring.ts';
import { anyMask } from './shapes.ts';
import { haveCommonPoint, type Point, type Stretch } from './stretches.ts';

/** Where somebody wants to lay a corner: after which corner of the ring, and how far from it, in eighths of a pixel. */
const wishes = fc.array(
  fc.record({
    after: fc.nat(),
    x: fc.integer({ min: -24, max: 24 }),
    y: fc.integer({ min: -24, max: 24 }),
  }),
  { minLength: 40, maxLength: 120 },
);

/** The border of any bitmap up to 12 x 12, which has up to some 150 corners. */
const anyBorder = anyMask.map((mask) => borderRings(mask)[0]!.turns);

describe('a ring whose corners become fewer', () => {
  it('lets a corner be laid exactly where comparing it with every stretch finds nothing in its way', () => {
    let [laid, refused] = [0, 0];
    fc.assert(
      fc.property(anyBorder, wishes, (turns, wanted) => {
        const ring = new CollapsingRing(turns);
        let plain: Point[] = turns.map(({ x, y }) => ({ x, y }));
        for (const { after, x, y } of wanted) {
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
});

/** The corners of a ring from the one that lies so many after its first. */
function cornersFrom(ring: CollapsingRing, steps: number, count: number): number[] {
  let corner = ring.first;
  for (let step = 0; step < steps; step++) corner = ring.next[corner]!;
  const corners = [corner];
  while (corners.length < count) corners.push(ring.next[corners.at(-1)!]!);
  return corners;
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
