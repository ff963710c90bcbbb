import { describe, expect, it } from 'vitest';
import { interval95, resampledTiles } from '../../src/statistics/resample.ts';

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
  expect(interval95(values)).toEqual({ low95: 25, high95: 975 });
});
