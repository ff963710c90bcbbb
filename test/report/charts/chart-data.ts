import type { SizeDistributionData } from '../../../src/report/charts/size-data.ts';
import type { Estimate } from '../../../src/statistics/size-statistics.ts';

export function estimate(value: number, halfWidth: number | null = null): Estimate {
  return halfWidth === null
    ? { value, low95: null, high95: null }
    : { value, low95: value - halfWidth, high95: value + halfWidth };
}

/**
 * 200 particles in two classes: a quarter of 1 to 2 um, all certain; the rest of 2 to 4 um, a third uncertain. A class is
 * lg 2 = 0.301 decades wide.
 */
export const twoClasses: SizeDistributionData = {
  particleCount: 200,
  uncertainCount: 50,
  byNumber: {
    edgesUm: [1, 2, 4],
    densities: [0.25 / Math.log10(2), 0.75 / Math.log10(2)],
    classesPerDecade: 1 / Math.log10(2),
    uncertainShares: [0, 1 / 3],
    percentiles: { d10: estimate(1.4, 0.1), d50: estimate(2.5, 0.1), d90: estimate(3.7, 0.1) },
    curve: [
      { um: 1, share: 0 },
      { um: 1.4, share: 0.1 },
      { um: 2.5, share: 0.5 },
      { um: 3.7, share: 0.9 },
      { um: 4, share: 1 },
    ],
  },
  byVolume: {
    edgesUm: [1, 2, 4],
    densities: [0.1 / Math.log10(2), 0.9 / Math.log10(2)],
    classesPerDecade: 1 / Math.log10(2),
    percentiles: { d10: estimate(2, 0.2), d50: estimate(3, 0.2), d90: estimate(3.9, 0.2) },
    curve: [
      { um: 1, share: 0 },
      { um: 2, share: 0.1 },
      { um: 3, share: 0.5 },
      { um: 3.9, share: 0.9 },
      { um: 4, share: 1 },
    ],
  },
  detectionLimitUm: 0.8,
  logNormal: null,
  targetUm: null,
  askedHalfWidth: null,
};
