import type { SizeDistributionData } from '../../../src/report/charts/size-data.ts';
import type { Estimate } from '../../../src/statistics/size-statistics.ts';

export function estimate(value: number, halfWidth: number | null = null): Estimate {
  return halfWidth === null
    ? { value, low95: null, high95: null }
    : { value, low95: value - halfWidth, high95: value + halfWidth };
}

/** 200 particles in two classes: a quarter of 1 to 2 um, all certain; the rest of 2 to 4 um, a third uncertain. */
export const twoClasses: SizeDistributionData = {
  particleCount: 200,
  uncertainCount: 50,
  byNumber: {
    edgesUm: [1, 2, 4],
    shares: [0.25, 0.75],
    uncertainShares: [0, 0.25],
    percentiles: { d10: estimate(1.4, 0.1), d50: estimate(2.5, 0.1), d90: estimate(3.7, 0.1) },
  },
  byVolume: {
    edgesUm: [1, 2, 4],
    shares: [0.1, 0.9],
    percentiles: { d10: estimate(2, 0.2), d50: estimate(3, 0.2), d90: estimate(3.9, 0.2) },
  },
  detectionLimitUm: 0.8,
};
