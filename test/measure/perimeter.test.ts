import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../src/measure/mask.ts';
import { perimeterPx } from '../../src/measure/perimeter.ts';
import { anyMask, disc, drawn, rectangle } from './shapes.ts';

describe('the Crofton perimeter', () => {
  it.each([20, 30, 48, 64, 100, 150])(
    'of a disc of %i px around a pixel corner is within 2 percent',
    (diameter) => {
      expect(relativeToCircle(diameter, { x: 0, y: 0 })).toBeGreaterThan(0.98);
      expect(relativeToCircle(diameter, { x: 0, y: 0 })).toBeLessThan(1.02);
    },
  );

  it.each([20, 21, 35.5])(
    'of discs of %f px is within 0.5 percent on average over their place on the grid',
    (diameter) => {
      const places = [0, 0.2, 0.4, 0.6, 0.8];
      const ratios = places.flatMap((x) => places.map((y) => relativeToCircle(diameter, { x, y })));
      const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
      expect(mean).toBeGreaterThan(0.995);
      expect(mean).toBeLessThan(1.005);
    },
  );

  it('of a 16 px square counts 16 rows, 16 columns and 31 diagonals each way', () => {
    expect(perimeterPx(rectangle(16, 16))).toBeCloseTo((Math.PI / 4) * (16 + 16 + 62 / Math.SQRT2), 10);
  });

  it('counts the boundary of a hole', () => {
    // The ring is entered twice by its middle row and column. Five diagonals each way cross it; the middle one,
    // through the hole, twice.
    expect(perimeterPx(drawn(['###', '#.#', '###']))).toBeCloseTo(
      (Math.PI / 4) * (4 + 4 + 12 / Math.SQRT2),
      10,
    );
  });

  it('equals half the crossings along all lines of the four directions, weighted by their distance', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const crossings = (dx: number, dy: number) => crossingsAlong(mask, dx, dy);
        const expected =
          ((Math.PI / 4) *
            (crossings(1, 0) + crossings(0, 1) + (crossings(1, 1) + crossings(1, -1)) / Math.SQRT2)) /
          2;
        expect(perimeterPx(mask)).toBeCloseTo(expected, 9);
      }),
    );
  });
});

/** Measured perimeter over pi d. */
function relativeToCircle(diameter: number, off: { x: number; y: number }): number {
  return perimeterPx(disc(diameter / 2, off)) / (Math.PI * diameter);
}

/** Pairs of neighbours in one direction of which one is inside and one outside. */
function crossingsAlong(mask: Mask, dx: number, dy: number): number {
  const inside = (x: number, y: number) =>
    x >= 0 && x < mask.width && y >= 0 && y < mask.height && mask.bits[y * mask.width + x] === 1;
  let count = 0;
  for (let y = -1; y <= mask.height; y++) {
    for (let x = -1; x <= mask.width; x++) {
      if (inside(x, y) !== inside(x + dx, y + dy)) count++;
    }
  }
  return count;
}
