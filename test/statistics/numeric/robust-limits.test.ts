import { describe, expect, it } from 'vitest';
import { distanceOut, robustLimits } from '../../../src/statistics/numeric/robust-limits.ts';

describe('robust limits', () => {
  it('reach 3.5 x 1.4826 median deviations to either side', () => {
    // Median 5; deviations 0 to 4 on either side, their median 2.
    const { median, low, high } = robustLimits([9, 1, 8, 2, 7, 3, 6, 4, 5]);
    expect(median).toBe(5);
    expect(high - median).toBeCloseTo(3.5 * 1.4826 * 2, 12);
    expect(median - low).toBeCloseTo(3.5 * 1.4826 * 2, 12);
  });

  it('do not move with how far away an outlier lies', () => {
    expect(robustLimits([1, 2, 3, 4, 5, 6, 100])).toEqual(robustLimits([1, 2, 3, 4, 5, 6, 1e9]));
  });

  it('reach farther to the side of the longer tail', () => {
    // Median 10; below, deviations 0, 1 and 2; above 0, 10 and 20.
    const { low, high } = robustLimits([8, 9, 10, 20, 30]);
    expect((high - 10) / (10 - low)).toBeCloseTo(10, 12);
  });

  it('are infinite where half the values are the median itself, so that nothing is outside', () => {
    const limits = robustLimits([1, 1, 1, 1, 7]);
    expect(limits).toEqual({ median: 1, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
    expect(distanceOut(7, limits)).toBe(0);
  });

  it('say of a value how far outside it lies', () => {
    const limits = { median: 10, low: 8, high: 20 };
    expect([10, 9, 8, 7, 15, 30].map((value) => distanceOut(value, limits))).toEqual([
      0, 0.5, 1, 1.5, 0.5, 2,
    ]);
  });
});
