import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src/statistics/numeric/difference-interval.ts';

describe('the difference of two figures', () => {
  it('has an interval as wide as both together, as independent errors add up', () => {
    // sqrt(3^2 + 4^2) = 5
    const a = { value: 20, low95: 17, high95: 23 };
    const b = { value: 12, low95: 8, high95: 16 };
    expect(differenceOf(a, b)).toEqual({ value: 8, low95: 3, high95: 13 });
  });

  it('is as lopsided as the intervals', () => {
    const a = { value: 10, low95: 10, high95: 16 };
    const b = { value: 10, low95: 2, high95: 10 };
    // Downwards neither can stray; upwards sqrt(6^2 + 8^2) = 10.
    expect(differenceOf(a, b)).toEqual({ value: 0, low95: 0, high95: 10 });
  });

  it('turns around with the figures', () => {
    const a = { value: 5, low95: 4, high95: 7 };
    const b = { value: 3, low95: 2, high95: 3.5 };
    const [one, other] = [differenceOf(a, b), differenceOf(b, a)];
    expect(other).toEqual({ value: -one.value, low95: -one.high95!, high95: -one.low95! });
  });

  it('has no interval where one of them has none', () => {
    const lone = { value: 1, low95: null, high95: null };
    expect(differenceOf(lone, { value: 3, low95: 2, high95: 4 })).toEqual({
      value: -2,
      low95: null,
      high95: null,
    });
  });
});
