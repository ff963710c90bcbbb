import { describe, expect, it } from 'vitest';
import { sizesBy } from '../../../src/evaluation/sizes/compared-sizes.ts';
import { compareSizes } from '../../../src/evaluation/sizes/size-comparison.ts';
import type { Estimate } from '../../../src/statistics/size-statistics.ts';

const sample = (estimate: Estimate, imaged: number, powder: number | null) => ({
  estimated: sizesBy(() => estimate),
  imaged: sizesBy(() => imaged),
  powder: powder === null ? null : sizesBy(() => powder),
});

describe('compareSizes', () => {
  it('tells what is off on average from what is off each time', () => {
    const { d50 } = compareSizes([
      sample({ value: 11, low95: 9, high95: 13 }, 10, 12),
      sample({ value: 7, low95: 6, high95: 8 }, 10, 9),
    ]);
    // +0.1 and -0.3: mean -0.1, root mean square sqrt((0.01 + 0.09) / 2).
    expect(d50.toImaged.mean).toBeCloseTo(-0.1, 12);
    expect(d50.toImaged.rootMeanSquare).toBeCloseTo(Math.sqrt(0.05), 12);
    // -1 of 12 and -2 of 9.
    expect(d50.toPowder?.mean).toBeCloseTo((-1 / 12 - 2 / 9) / 2, 12);
  });

  it('counts the intervals that hold what is true of the powder, not of the particles imaged', () => {
    const { d90 } = compareSizes([
      sample({ value: 11, low95: 9, high95: 13 }, 20, 12),
      sample({ value: 7, low95: 6, high95: 8 }, 7, 9),
      sample({ value: 7, low95: null, high95: null }, 7, 7),
    ]);
    expect(d90.coverage).toBe(1 / 2);
  });

  it('says nothing of a powder that is not known', () => {
    const { d10 } = compareSizes([sample({ value: 5, low95: 4, high95: 6 }, 5, null)]);
    expect(d10).toEqual({ toImaged: { mean: 0, rootMeanSquare: 0 }, toPowder: null, coverage: null });
  });
});
