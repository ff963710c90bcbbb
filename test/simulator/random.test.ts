import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/simulator/random.ts';

const drawn = (count: number, next: () => number) => Array.from({ length: count }, next);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the seeded random numbers', () => {
  it('repeat for the same seed and differ for another', () => {
    const [first, again, other] = [createRandom(7), createRandom(7), createRandom(8)];
    const numbers = drawn(20, () => first.uniform());
    expect(drawn(20, () => again.uniform())).toEqual(numbers);
    expect(drawn(20, () => other.uniform())).not.toEqual(numbers);
  });

  it('fork by key alone, however many numbers were drawn before', () => {
    const fresh = createRandom(7);
    const used = createRandom(7);
    drawn(1001, () => used.normal());
    expect(used.fork('tile').fork(3).uniform()).toBe(fresh.fork('tile').fork(3).uniform());
    expect(fresh.fork(3).uniform()).not.toBe(fresh.fork(4).uniform());
    expect(fresh.fork('ab').uniform()).not.toBe(fresh.fork('ba').uniform());
  });

  it('give unrelated first numbers to 10,000 neighbouring forks', () => {
    // Even numbers: mean 1/2, variance 1/12. The mean of 10,000 has a standard error of 0.0029 and the
    // correlation of neighbours one of 0.01; five of them are allowed.
    const root = createRandom(1);
    const firsts = Array.from({ length: 10_000 }, (_, key) => root.fork(key).uniform());
    expect(Math.abs(mean(firsts) - 0.5)).toBeLessThan(5 * 0.0029);
    const products = firsts.slice(1).map((value, i) => (value - 0.5) * (firsts[i]! - 0.5));
    expect(Math.abs(mean(products) * 12)).toBeLessThan(5 * 0.01);
  });

  it('fill ten equal classes evenly', () => {
    // Chi-square of 9 degrees of freedom: under 27.9 in 99.9 % of fair sequences.
    const random = createRandom(3);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i += 1) counts[random.integer(0, 9)]! += 1;
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
  });

  it('draw Gaussians of the asked mean and spread, and log-normals of the asked median', () => {
    // 20,000 numbers: standard errors of mean 2/141 = 0.0141 and of the spread 2/200 = 0.01; five allowed.
    const random = createRandom(5);
    const gaussians = drawn(20_000, () => random.normal(10, 2));
    const spread = Math.sqrt(mean(gaussians.map((value) => (value - 10) ** 2)));
    expect(Math.abs(mean(gaussians) - 10)).toBeLessThan(0.07);
    expect(Math.abs(spread - 2)).toBeLessThan(0.05);
    // Half lie below the median: 10,000 of 20,000, with a standard deviation of 71.
    const below = drawn(20_000, () => random.logNormal(4, 1.5)).filter((value) => value < 4).length;
    expect(Math.abs(below - 10_000)).toBeLessThan(5 * 71);
  });

  it('refuse a seed that is no whole number', () => {
    expect(() => createRandom(0.5)).toThrow('random key is 0.5');
  });
});
