import { describe, expect, it } from 'vitest';
import { sizeError } from '../../../src/evaluation/sizes/size-error.ts';

const areaOf = (diameter: number) => (Math.PI / 4) * diameter ** 2;

describe('sizeError', () => {
  it('is zero for the same sizes in another order', () => {
    expect(sizeError([4, 9, 1], [9, 1, 4])).toEqual({ areaMean: 0, d10: 0, d50: 0, d90: 0 });
  });

  it('doubles every diameter for areas four times as large', () => {
    const error = sizeError([1, 4, 9], [4, 16, 36]);
    // (4 A - A) / A = 3; (2 d - d) / d = 1.
    expect(error?.areaMean).toBeCloseTo(3, 12);
    for (const diameterError of [error?.d10, error?.d50, error?.d90])
      expect(diameterError).toBeCloseTo(1, 12);
  });

  it('takes percentiles at rank (n - 1) p of the diameters', () => {
    const diameters = Array.from({ length: 11 }, (_, index) => index + 1);
    const error = sizeError(
      diameters.map(areaOf),
      diameters.map((diameter) => areaOf(diameter + 1)),
    );
    // Of 1 to 11 the percentiles are 2, 6 and 10; of 2 to 12 they are 3, 7 and 11.
    expect(error?.d10).toBeCloseTo(1 / 2, 12);
    expect(error?.d50).toBeCloseTo(1 / 6, 12);
    expect(error?.d90).toBeCloseTo(1 / 10, 12);
  });

  it('is negative where particles come out too small', () => {
    expect(sizeError([8, 8], [4, 4])?.areaMean).toBe(-0.5);
  });

  it('is unknown without particles on either side', () => {
    expect(sizeError([], [4])).toBeNull();
    expect(sizeError([4], [])).toBeNull();
  });
});
