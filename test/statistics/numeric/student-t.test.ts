import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../src/statistics/numeric/normal.ts';
import { studentCdf, studentQuantile } from '../../../src/statistics/numeric/student-t.ts';

describe("Student's distribution", () => {
  it('is the Cauchy distribution with one degree of freedom', () => {
    // F(t) = 1/2 + atan(t) / pi: three quarters lie below 1.
    expect(studentCdf(1, 1)).toBeCloseTo(0.75, 12);
    expect(studentCdf(-Math.sqrt(3), 1)).toBeCloseTo(1 / 6, 12);
  });

  it('has closed forms with two and three degrees of freedom', () => {
    // F_2(t) = 1/2 + t / (2 sqrt(2 + t^2)): at t = sqrt(2), 1/2 + 1 / (2 sqrt(2)).
    expect(studentCdf(Math.SQRT2, 2)).toBeCloseTo(0.5 + 1 / (2 * Math.SQRT2), 12);
    // F_3(t) = 1/2 + (x / (1 + x^2) + atan x) / pi with x = t / sqrt(3): at x = 1, 1/2 + (1/2 + pi/4) / pi.
    expect(studentCdf(Math.sqrt(3), 3)).toBeCloseTo(0.75 + 1 / (2 * Math.PI), 12);
  });

  it('has the quantiles of the tables', () => {
    expect(studentQuantile(0.975, 1)).toBeCloseTo(12.7062, 4);
    expect(studentQuantile(0.975, 9)).toBeCloseTo(2.2622, 4);
    expect(studentQuantile(0.95, 30)).toBeCloseTo(1.6973, 4);
  });

  it('tends to the normal distribution with many degrees of freedom', () => {
    for (const t of [-2, -0.5, 0, 1, 3]) expect(studentCdf(t, 100_000)).toBeCloseTo(normalCdf(t), 4);
  });

  it('is symmetric, and its quantile is its inverse', () => {
    const degrees = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(degrees, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (df, probability) => {
        const t = studentQuantile(probability, df);
        expect(studentCdf(t, df)).toBeCloseTo(probability, 9);
        expect(studentCdf(-t, df)).toBeCloseTo(1 - probability, 9);
      }),
    );
  });

  it('holds nothing beyond infinity', () => {
    expect(studentCdf(Number.NEGATIVE_INFINITY, 5)).toBe(0);
    expect(studentCdf(Number.POSITIVE_INFINITY, 5)).toBe(1);
  });
});

it('has the normal values of the tables', () => {
  expect(normalCdf(0)).toBeCloseTo(0.5, 6);
  expect(normalCdf(1)).toBeCloseTo(0.8413447, 6);
  expect(normalCdf(-1.959964)).toBeCloseTo(0.025, 6);
});
