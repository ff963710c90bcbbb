import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceTransform } from '../../../src/evaluation/classical/distance-transform.ts';

const WIDTH = 7;
const HEIGHT = 5;

describe('distanceTransform', () => {
  it('gives the distance to the nearest background pixel of all', () => {
    const bits = fc.array(fc.constantFrom(0, 1, 1, 1), { minLength: 35, maxLength: 35 });
    fc.assert(
      fc.property(bits, (inside) => {
        fc.pre(inside.includes(0));
        const distance = distanceTransform(Uint8Array.from(inside), WIDTH, HEIGHT);
        for (const [pixel, value] of distance.entries()) {
          expect(value).toBeCloseTo(nearestGround(inside, pixel), 4);
        }
      }),
    );
  });

  it('is the diagonal where there is no background', () => {
    // 3-4-5 triangle.
    expect([...distanceTransform(new Uint8Array(12).fill(1), 4, 3)]).toEqual(new Array(12).fill(5));
  });
});

function nearestGround(inside: readonly number[], from: number): number {
  const distances = inside.flatMap((bit, to) => {
    const across = (from % WIDTH) - (to % WIDTH);
    const down = Math.floor(from / WIDTH) - Math.floor(to / WIDTH);
    return bit === 0 ? [Math.hypot(across, down)] : [];
  });
  return Math.min(...distances);
}
