import { describe, expect, it } from 'vitest';
import { seededRandom, xoshiro128 } from '../../../src/statistics/numeric/random.ts';

describe('xoshiro128**', () => {
  it('gives the published test vector from the state 1, 2, 3, 4', () => {
    // By hand: rotl(2 * 5, 7) * 9 = 10 * 128 * 9 = 11,520; then s1 = 2 ^ (3 ^ 1) = 0. The rest as in rand_xoshiro.
    const next = xoshiro128(1, 2, 3, 4);
    expect(Array.from({ length: 6 }, next)).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
  });
});

describe('a seeded generator', () => {
  const draws = (seed: number, count: number, below: number) => {
    const randomBelow = seededRandom(seed);
    return Array.from({ length: count }, () => randomBelow(below));
  };

  it('repeats itself with the same seed and not with the next', () => {
    expect(draws(7, 20, 1000)).toEqual(draws(7, 20, 1000));
    expect(draws(7, 20, 1000)).not.toEqual(draws(8, 20, 1000));
  });

  it('draws each of ten numbers about as often', () => {
    // 10,000 draws: 1,000 of each expected, standard deviation sqrt(10,000 * 0.1 * 0.9) = 30; five of them allowed.
    const counts = new Array<number>(10).fill(0);
    for (const draw of draws(1, 10_000, 10)) counts[draw] = (counts[draw] ?? 0) + 1;
    expect(counts).toHaveLength(10);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('works from seed 0 too', () => {
    expect(new Set(draws(0, 100, 2 ** 32)).size).toBe(100);
  });
});
