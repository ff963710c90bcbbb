import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otsuThreshold } from '../../../src/evaluation/classical/otsu.ts';

describe('otsuThreshold', () => {
  it('lies in the middle between two grey values', () => {
    // Every threshold from 10 to below 20 parts them alike: the middle is 15.
    expect(otsuThreshold(Float32Array.of(10, 10, 10, 20))).toBe(15);
  });

  it('knows none where all is of one grey', () => {
    expect(otsuThreshold(Float32Array.of(7, 7, 7))).toBeNull();
  });

  it('parts so that no other level leaves less variance within the two classes', () => {
    // The variance within and between classes sums to the whole (Otsu 1979, equation 15): the other formulation.
    const values = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(values, (greys) => {
        const threshold = otsuThreshold(Float32Array.from(greys));
        expect(threshold === null).toBe(new Set(greys).size === 1);
        if (threshold === null) return;
        const levels = Array.from({ length: 255 }, (_, level) => level + 0.5);
        const least = Math.min(...levels.map((level) => varianceWithin(greys, level)));
        expect(varianceWithin(greys, threshold)).toBeCloseTo(least, 6);
      }),
    );
  });
});

function varianceWithin(greys: readonly number[], threshold: number): number {
  const classes = [greys.filter((grey) => grey > threshold), greys.filter((grey) => grey <= threshold)];
  return classes.reduce((total, members) => {
    const mean = members.reduce((sum, grey) => sum + grey, 0) / members.length;
    return total + members.reduce((sum, grey) => sum + (grey - mean) ** 2, 0);
  }, 0);
}
