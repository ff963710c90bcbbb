import { describe, expect, it } from 'vitest';
import { logNormalDensity } from '../../../src/report/charts/log-normal-curve.ts';

describe('the density of the log-normal fit', () => {
  // A standard deviation of half a decade: s = 0.5 ln 10.
  const fit = { geometricMeanUm: 5, geometricStandardDeviation: Math.sqrt(10), fits: true };

  it('is highest at the geometric mean, 1 / (0.5 sqrt(2 pi)) a decade', () => {
    expect(logNormalDensity(fit, 5)).toBeCloseTo(2 / Math.sqrt(2 * Math.PI), 12);
    // One standard deviation away: exp(-1/2) of it.
    expect(logNormalDensity(fit, 5 * Math.sqrt(10)) / logNormalDensity(fit, 5)).toBeCloseTo(
      Math.exp(-0.5),
      12,
    );
  });

  it('has an area of 1 over the logarithmic axis, as the classes have', () => {
    const step = 0.01;
    let area = 0;
    for (let decade = -4; decade < 4; decade += step) area += step * logNormalDensity(fit, 5 * 10 ** decade);
    expect(area).toBeCloseTo(1, 6);
  });
});
