import type { GroupStatistics, SizeDistribution } from './size-statistics.ts';

/** The distribution by number that a run is judged by: of the published diameter; null for an empty group. */
export function sizesOf(group: GroupStatistics): SizeDistribution | null {
  return group.diameterFeretMaxUm ?? group.diameterFeretMinUm ?? group.diameterEquivalentUm;
}
