import { sizesOf } from '../../statistics/published-sizes.ts';
import type { RunStatistics } from '../../statistics/size-statistics.ts';
import type { SizeDistributionData } from './size-data.ts';

/** What the chart shows of a run's sizes; null without particles. */
export function sizeDistributionData({
  all,
  uncertain,
  detectionLimit,
  diameter = 'area',
}: Pick<RunStatistics, 'all' | 'uncertain' | 'detectionLimit' | 'diameter'>): SizeDistributionData | null {
  const sizes = sizesOf(all);
  if (!sizes) return null;
  const { edges, counts, shares } = sizes.histogram;
  const uncertainCounts = countsByClass(sizesOf(uncertain)?.histogram);
  const volume = all.diameterByVolumeUm;
  return {
    diameter,
    particleCount: all.count,
    uncertainCount: uncertain.count,
    byNumber: {
      edgesUm: edges,
      shares,
      // Border weights depend on size, so within a class certain and uncertain particles weigh about the same.
      uncertainShares: shares.map((share, i) =>
        counts[i] ? (share * (uncertainCounts.get(classKey(edges[i]!)) ?? 0)) / counts[i] : 0,
      ),
      percentiles: { d10: sizes.d10, d50: sizes.d50, d90: sizes.d90 },
    },
    byVolume: volume && {
      edgesUm: volume.histogram.edges,
      shares: volume.histogram.shares,
      percentiles: { d10: volume.d10, d50: volume.d50, d90: volume.d90 },
    },
    detectionLimitUm: detectionLimit?.diameterUm ?? null,
  };
}

/** Classes of all histograms have the same bounds, so a lower bound names its class. */
function countsByClass(
  histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] } | undefined,
): Map<string, number> {
  return new Map(histogram?.counts.map((count, i) => [classKey(histogram.edges[i]!), count]));
}

function classKey(lowerEdgeUm: number): string {
  return lowerEdgeUm.toPrecision(9);
}
