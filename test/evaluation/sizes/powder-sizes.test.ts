import { describe, expect, it } from 'vitest';
import { sizesOfPowder } from '../../../src/evaluation/sizes/powder-sizes.ts';
import {
  createDiameterSource,
  type LogNormalSizes,
} from '../../../src/simulator/powder/size-distribution.ts';
import { createRandom } from '../../../src/simulator/random.ts';

/** s = ln(geometric standard deviation) = 0.5 around a median of 5 um. */
const uncut: LogNormalSizes = {
  kind: 'log-normal',
  diameterMedianUm: 5,
  geometricStandardDeviation: Math.exp(0.5),
  diameterMinUm: 1e-3,
  diameterMaxUm: 1e6,
};

describe('sizesOfPowder', () => {
  it('follows the equations of Hatch and Choate while no end is cut off', () => {
    const sizes = sizesOfPowder(uncut);
    // z_0.9 = 1.281552, the 90 % point of the normal distribution; s = 0.5, s^2 = 0.25.
    expect(sizes.d50).toBeCloseTo(5, 4);
    expect(sizes.d10).toBeCloseTo(5 * Math.exp(-1.281552 * 0.5), 4);
    expect(sizes.d90).toBeCloseTo(5 * Math.exp(1.281552 * 0.5), 4);
    expect(sizes.diameterMean).toBeCloseTo(5 * Math.exp(0.25 / 2), 4);
    expect(sizes.areaMean).toBeCloseTo((Math.PI / 4) * 25 * Math.exp(2 * 0.25), 3);
    expect(sizes.d50ByVolume).toBeCloseTo(5 * Math.exp(3 * 0.25), 4);
    expect(sizes.d10ByVolume).toBeCloseTo(5 * Math.exp(3 * 0.25 - 1.281552 * 0.5), 4);
    expect(sizes.deBrouckere).toBeCloseTo(5 * Math.exp(3.5 * 0.25), 4);
  });

  it('halves what is left where all above the median is cut off', () => {
    // The lower half of the distribution: its median is the quarter point, z_0.25 = -0.674490.
    const sizes = sizesOfPowder({ ...uncut, diameterMaxUm: 5 });
    expect(sizes.d50).toBeCloseTo(5 * Math.exp(-0.67449 * 0.5), 4);
  });

  it('is what the simulator strews', () => {
    const sizes: LogNormalSizes = { ...uncut, diameterMinUm: 2, diameterMaxUm: 16 };
    const next = createDiameterSource(sizes, createRandom(3));
    const drawn = Array.from({ length: 40_000 }, next);
    const mean = drawn.reduce((sum, diameter) => sum + diameter, 0) / drawn.length;
    const truth = sizesOfPowder(sizes);
    // The mean's standard error is under 3 um / sqrt(40,000) = 0.015 um; four of them.
    expect(Math.abs(mean - truth.diameterMean)).toBeLessThan(0.06);
    // 10 % of 40,000, within four standard deviations sqrt(40,000 x 0.1 x 0.9) = 60.
    const below = drawn.filter((diameter) => diameter < truth.d10).length;
    expect(Math.abs(below - 4000)).toBeLessThan(240);
  });
});
