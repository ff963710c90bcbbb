import { describe, expect, it } from 'vitest';
import { variedSizes, virtualSample } from '../../../src/simulator/acquisition/virtual-sample.ts';
import type { LogNormalSizes } from '../../../src/simulator/powder/size-distribution.ts';

const sizesOf = (index: number): LogNormalSizes => {
  const { sizeDistribution } = virtualSample(1, index);
  if (sizeDistribution.kind !== 'log-normal') throw new Error(`kind ${sizeDistribution.kind}`);
  return sizeDistribution;
};

describe('virtualSample', () => {
  it('gives the same powder for the same seed and index, and another for any other', () => {
    expect(virtualSample(1, 4)).toEqual(virtualSample(1, 4));
    expect(virtualSample(1, 4)).not.toEqual(virtualSample(1, 5));
    expect(virtualSample(1, 4)).not.toEqual(virtualSample(2, 4));
  });

  it('spreads the powders over the stated range', () => {
    const { from, to } = variedSizes.diameterMedianUm;
    const medians = Array.from({ length: 100 }, (_, index) => sizesOf(index).diameterMedianUm);
    expect(Math.min(...medians)).toBeGreaterThanOrEqual(from);
    expect(Math.max(...medians)).toBeLessThanOrEqual(to);
    // Of 100, none in the lowest or in the highest tenth has a chance of 0.9^100 = 3e-5.
    const tenth = (to - from) / 10;
    expect(Math.min(...medians)).toBeLessThan(from + tenth);
    expect(Math.max(...medians)).toBeGreaterThan(to - tenth);
  });
});
