import { messageExamples } from '../../../src/publish/schema/message-examples.ts';
import { type SampleSummary, sampleSummary } from '../../../src/report/sample/sample-summary.ts';
import type { Estimate, GroupStatistics } from '../../../src/statistics/size-statistics.ts';

const { sequence: _, store: __, ...stored } = messageExamples.summary;

/** One particle in one of three tiles: no interval, one tile failed, one missing. */
export const smallSummary: SampleSummary = sampleSummary(stored);

/** 80 particles around 4.9 um, 8 of them uncertain, in 24 of 24 tiles. */
export const wholeSummary: SampleSummary = {
  ...smallSummary,
  state: 'complete',
  coverage: { rows: 4, columns: 6, tilesPresent: 24, tilesExpected: 24, missing: [], tilesUnseen: 0 },
  failedTiles: [],
  setAside: [],
  reimage: [],
  decision: null,
  // 24 fields of 96 um x 60 um that touch: 0.13824 mm2.
  acquisition: {
    ...{ ...smallSummary.acquisition, tiles: 24, imagedAreaMm2: 0.138_24 },
    particlesPerMm2: 80 / 0.138_24,
  },
  statistics: {
    ...smallSummary.statistics,
    tiles: 24,
    all: groupAround(4.9, 80),
    certain: groupAround(5, 72),
    uncertain: groupAround(4, 8),
    uncertaintySpread: {
      areaMean: 0.04,
      diameterMean: 0.02,
      diameterD10: 0.02,
      diameterD50: 0.02,
      diameterD90: 0.02,
      diameterByVolumeD50: 0.02,
    },
  },
  sufficiency: {
    sufficient: true,
    reachedAt: '2026-03-14T02:10:00.000Z',
    targetRelativeHalfWidth: 0.05,
    figures: ['d50'],
    relativeHalfWidth: { d10: 0.1, d50: 0.041, d90: 0.1 },
    tilesNeeded: 0,
  },
};

/** All of it in the class of 4 to 8 um; every interval reaches 0.2 to both sides. */
function groupAround(value: number, count: number): GroupStatistics {
  const figure: Estimate = { value, low95: value - 0.2, high95: value + 0.2 };
  const percentiles = { d10: figure, d50: figure, d90: figure };
  const histogram = { edges: [4, 8], counts: [count], shares: [1] };
  const sizes = { ...percentiles, mean: figure, span: 0, standardDeviation: 0, smallest: 4, largest: 5 };
  return {
    count,
    areaUm2: { ...sizes, histogram },
    diameterEquivalentUm: { ...sizes, histogram },
    diameterMeansUm: { quadratic: figure, sauter: figure, deBrouckere: figure },
    diameterByAreaUm: percentiles,
    diameterByVolumeUm: { ...percentiles, span: 0, histogram: { edges: [4, 8], shares: [1] } },
    logNormal: null,
  };
}
