import { describe, expect, it } from 'vitest';
import { sizeDistributionData } from '../../../src/report/charts/distribution-data.ts';
import { smallSummary, wholeSummary } from '../sample/example-summary.ts';

describe('the data of a distribution chart', () => {
  it('takes the part of uncertain particles in each class from its counts', () => {
    const { statistics } = wholeSummary;
    const groupWith = (
      group: typeof statistics.all,
      edges: number[],
      counts: number[],
      shares: number[],
    ) => ({
      ...group,
      diameterEquivalentUm: { ...group.diameterEquivalentUm!, histogram: { edges, counts, shares } },
    });
    const data = sizeDistributionData({
      detectionLimit: null,
      all: groupWith(statistics.all, [1, 2, 4, 8], [10, 0, 30], [0.4, 0, 0.6]),
      // Begins a class later, as a list begins with an occupied class.
      uncertain: groupWith(statistics.uncertain, [4, 8], [15], [1]),
    });
    expect(data?.byNumber.shares).toEqual([0.4, 0, 0.6]);
    expect(data?.byNumber.uncertainShares).toEqual([0, 0, 0.3]); // 15 of 30 in the last class
    expect(data?.detectionLimitUm).toBeNull();
  });

  it('is none without particles', () => {
    const { statistics } = smallSummary;
    expect(sizeDistributionData({ ...statistics, all: statistics.uncertain })).toBeNull();
  });
});
