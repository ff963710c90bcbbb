import { describe, expect, it } from 'vitest';
import { interval95, resampledTiles } from '../../../src/statistics/numeric/resample.ts';

describe('resampling tiles', () => {
  it('draws as many tiles as there are, some twice and some never', () => {
    const resamples = Array.from(resampledTiles(20, 50, 1), (timesDrawn) => [...timesDrawn]);
    expect(resamples).toHaveLength(50);
    for (const timesDrawn of resamples) {
      expect(timesDrawn).toHaveLength(20);
      expect(timesDrawn.reduce((sum, times) => sum + times, 0)).toBe(20);
    }
    expect(resamples.flat()).toContain(0);
    expect(resamples.flat()).toContain(2);
  });

  it('draws every tile, the last one too', () => {
    // 200 resamples of 5: a given tile stays out of all of them with a chance of 0.8^1000.
    const everDrawn = new Set<number>();
    for (const timesDrawn of resampledTiles(5, 200, 1)) {
      for (const [tile, times] of timesDrawn.entries()) if (times > 0) everDrawn.add(tile);
    }
    expect(everDrawn.size).toBe(5);
  });
});

describe('a 95 % interval', () => {
  it("reaches Student's t times the error of the logarithm to both sides", () => {
    // Logarithms -1 and 1 have the standard deviation sqrt(2); with 10 tiles sqrt(10 / 9) as much, t_{0.975, 9} = 2.26216.
    const { low95, high95 } = interval95(5, [Math.exp(-1), Math.exp(1)], 10);
    const reach = 2.26216 * Math.SQRT2 * Math.sqrt(10 / 9);
    expect(Math.log(high95 / 5)).toBeCloseTo(reach, 4);
    expect(Math.log(5 / low95)).toBeCloseTo(reach, 4);
  });

  it('has no width when all resamples agree', () => {
    expect(interval95(3, [3, 3, 3], 5)).toEqual({ low95: 3, high95: 3 });
  });
});
