import type { Particle } from '../../measure/particle.ts';
import type { Estimate, GroupStatistics, SizeDistribution } from '../../statistics/size-statistics.ts';

// A rectangle of 40 px by 30 px at 50 nm: 2 um by 1.5 um, area 3 um2, diameter 2 sqrt(3 / pi) um, diagonal
// 2.5 um; 31 um to the left of the tile's centre and 10.25 um above it.
export const particle: Particle = {
  areaUm2: 3,
  diameterEquivalentUm: 1.954,
  diameterFeretMinUm: 1.5,
  diameterFeretMaxUm: 2.5,
  perimeterUm: 7,
  aspectRatio: 0.6,
  circularity: 0.769,
  solidity: 1,
  centroidStageUm: { x: -27.5, y: 41.75 },
  centroidPx: { x: 339.5, y: 394.5 },
  boxPx: [320, 380, 40, 30],
  touchesBorder: false,
  cutsPx: [],
  objectness: 0.98,
  confidence: 0.87,
  certain: true,
};

/** One particle in one tile: every percentile is that particle, and no interval can be given. */
function alone(value: number): Estimate {
  return { value, low95: null, high95: null };
}

function distributionOf(value: number, edges: readonly [number, number]): SizeDistribution {
  return {
    mean: alone(value),
    standardDeviation: 0,
    d10: alone(value),
    d50: alone(value),
    d90: alone(value),
    span: 0,
    smallest: value,
    largest: value,
    histogram: { edges, counts: [1], shares: [1] },
  };
}

const diameter = alone(particle.diameterEquivalentUm);
export const oneParticle: GroupStatistics = {
  count: 1,
  areaUm2: distributionOf(particle.areaUm2, [2.5, 3.5]),
  diameterEquivalentUm: distributionOf(particle.diameterEquivalentUm, [1.5, 2]),
  diameterMeansUm: { quadratic: diameter, sauter: diameter, deBrouckere: diameter },
  diameterByAreaUm: { d10: diameter, d50: diameter, d90: diameter },
  diameterByVolumeUm: {
    d10: diameter,
    d50: diameter,
    d90: diameter,
    span: 0,
    histogram: { edges: [1.5, 2], shares: [1] },
  },
  logNormal: { geometricMeanUm: diameter, geometricStandardDeviation: alone(1), distance: 0.5, fits: true },
};
