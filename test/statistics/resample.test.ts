import { describe, expect, it } from 'vitest';
import { interval, resampledTiles, tailShare } from '../../src/statistics/resample.ts';

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

it('cuts 2.5 percent off both ends for an interval', () => {
  // 0 to 1,000 in any order: ranks 25 and 975.
  const values = Array.from({ length: 1001 }, (_, index) => (index * 8) % 1001);
  expect(interval(values, 0.025)).toEqual({ low95: 25, high95: 975 });
});

describe('the share left out at each end', () => {
  it('tends to 2.5 percent with many tiles', () => {
    expect(tailShare(100_000)).toBeCloseTo(0.025, 4);
  });

  it('makes up for few tiles', () => {
    // sqrt(10 / 9) t_{0.975, 9} = 1.05409 x 2.26216 = 2.38452, and Phi(-2.38452) = 0.00855.
    expect(tailShare(10)).toBeCloseTo(0.00855, 5);
    // Two tiles: t_{0.975, 1} = 12.7062, nothing is left out.
    expect(tailShare(2)).toBeLessThan(1e-6);
  });
});
