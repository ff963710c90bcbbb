import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  percentile,
  percentileOfCounted,
  percentileOfWeighted,
} from '../../../src/statistics/numeric/percentile.ts';

const oneToNine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

function cumulated(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

describe('percentiles by number', () => {
  it.each([
    // Rank h = 8 p from 0: 0.8 is four fifths of the way from 1 to 2.
    [0, 1],
    [0.1, 1.8],
    [0.5, 5],
    [0.9, 8.2],
    [1, 9],
  ])('of 1 to 9 at %f is %f', (fraction, expected) => {
    expect(percentile(oneToNine, fraction)).toBeCloseTo(expected, 12);
  });

  it('of one value are that value', () => {
    expect(percentile([3], 0.1)).toBe(3);
    expect(percentile([3], 0.9)).toBe(3);
  });

  it('of counted values are those of the values written out', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 30 })
          .filter((n) => n.some((k) => k > 0)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (counts, fraction) => {
          const values = counts.map((_, index) => index ** 2);
          const writtenOut = counts.flatMap((count, index) => Array<number>(count).fill(index ** 2));
          expect(percentileOfCounted(values, cumulated(counts), fraction)).toBe(
            percentile(writtenOut, fraction),
          );
        },
      ),
    );
  });
});

describe('percentiles by weight', () => {
  it('are the smallest value where the cumulated weight reaches the fraction', () => {
    // Diameters 1, 2, 3 weighted by their squares 1, 4, 9: cumulated 1, 5, 14.
    const reaches = cumulated([1, 4, 9]);
    expect(percentileOfWeighted([1, 2, 3], reaches, 1 / 14)).toBe(1);
    expect(percentileOfWeighted([1, 2, 3], reaches, 0.1)).toBe(2);
    expect(percentileOfWeighted([1, 2, 3], reaches, 0.35)).toBe(2);
    expect(percentileOfWeighted([1, 2, 3], reaches, 0.5)).toBe(3);
  });

  it('pass over values without weight', () => {
    expect(percentileOfWeighted([1, 2, 3], cumulated([0, 1, 0]), 0.1)).toBe(2);
    expect(percentileOfWeighted([1, 2, 3], cumulated([0, 1, 0]), 1)).toBe(2);
  });
});
