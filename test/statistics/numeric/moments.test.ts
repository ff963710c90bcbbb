import { expect, it } from 'vitest';
import { standardDeviation } from '../../../src/statistics/numeric/moments.ts';

it('takes the standard deviation with n - 1', () => {
  // Mean 5; squares 9 + 1 + 1 + 9 = 20, over 3.
  expect(standardDeviation(Float64Array.of(2, 4, 6, 8))).toBeCloseTo(Math.sqrt(20 / 3), 12);
});

it('gives 0 for one value', () => {
  expect(standardDeviation(Float64Array.of(3))).toBe(0);
});

it('does not cancel far from zero', () => {
  // Deviations -1, 0, 1 around 10^9: 2 over 2.
  expect(standardDeviation(Float64Array.of(1e9 - 1, 1e9, 1e9 + 1))).toBe(1);
});

it('takes weights for repetitions, but for n - 1', () => {
  // 1 once and 5 three times: mean 4, squares 9 + 3 over 4, times 2 / (2 - 1).
  expect(standardDeviation(Float64Array.of(1, 5), Float64Array.of(1, 3))).toBeCloseTo(Math.sqrt(6), 12);
});
