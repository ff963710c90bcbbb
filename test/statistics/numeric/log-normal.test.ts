import { describe, expect, it } from 'vitest';
import { distanceOfChance, distanceToLogNormal } from '../../../src/statistics/numeric/log-normal.ts';
import { studentQuantile } from '../../../src/statistics/numeric/student-t.ts';

/** With so many degrees of freedom, nearly the normal distribution's. */
const normalQuantile = (probability: number) => studentQuantile(probability, 2000);

/** The n sizes that cut a log-normal distribution into equal shares: its quantiles at (k + 1/2) / n. */
function quantiles(n: number, spread: number) {
  const diameterUm = Float64Array.from({ length: n }, (_, k) =>
    Math.exp(spread * normalQuantile((k + 0.5) / n)),
  );
  return { diameterUm, weight: new Float64Array(n).fill(1) };
}

describe('the distance to a log-normal distribution', () => {
  it('of its own quantiles is half a step', () => {
    expect(distanceToLogNormal(quantiles(50, 0.4), 1, Math.exp(0.4))).toBeCloseTo(0.5 / 50, 3);
  });

  it('of another geometric mean is what lies between the two', () => {
    // Shifted by one standard deviation, most at the middle: Phi(1/2) - Phi(-1/2) = 0.3829, and half a step of 1/500.
    const shifted = distanceToLogNormal(quantiles(500, 0.4), Math.exp(0.4), Math.exp(0.4));
    expect(shifted).toBeCloseTo(0.3829 + 0.001, 2);
  });

  it('counts a particle of weight 3 as three', () => {
    const once = { diameterUm: Float64Array.of(1, 2, 2, 2), weight: new Float64Array(4).fill(1) };
    const thrice = { diameterUm: Float64Array.of(1, 2), weight: Float64Array.of(1, 3) };
    expect(distanceToLogNormal(thrice, 1.5, 1.4)).toBeCloseTo(distanceToLogNormal(once, 1.5, 1.4), 12);
  });

  it('of particles of one size is one half', () => {
    const alike = { diameterUm: Float64Array.of(2, 2), weight: Float64Array.of(1, 1) };
    expect(distanceToLogNormal(alike, 2, 1)).toBe(0.5);
  });
});

it('takes a distance of 0.0886 for chance among 100 particles', () => {
  expect(distanceOfChance(100)).toBeCloseTo(0.0886, 12);
});
