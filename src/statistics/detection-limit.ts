import type { DetectionLimit, GroupStatistics } from './size-statistics.ts';

/** What a model promises to see. */
export interface VisibleSize {
  readonly diameterUm: number;
  /** Share of the particles of this diameter that it finds. */
  readonly recall: number;
}

const percentiles = ['d10', 'd50', 'd90'] as const;

/** Marks the percentiles that lie under the limit: they tell of the model's eyes, not of the powder. */
export function detectionLimit(
  { diameterUm, recall }: VisibleSize,
  groups: Readonly<Record<string, GroupStatistics>>,
): DetectionLimit {
  const areaUm2 = (Math.PI * diameterUm ** 2) / 4;
  const figuresBelow = Object.entries(groups).flatMap(([name, group]) => {
    const limits = [
      ['areaUm2', group.areaUm2, areaUm2],
      ['diameterEquivalentUm', group.diameterEquivalentUm, diameterUm],
      // Of a round particle, which the limit is for, both Feret diameters are the equivalent one.
      ['diameterFeretMaxUm', group.diameterFeretMaxUm ?? null, diameterUm],
      ['diameterFeretMinUm', group.diameterFeretMinUm ?? null, diameterUm],
      ['diameterByAreaUm', group.diameterByAreaUm, diameterUm],
      ['diameterByVolumeUm', group.diameterByVolumeUm, diameterUm],
    ] as const;
    return limits.flatMap(([measure, sizes, limit]) =>
      percentiles
        .filter((percentile) => sizes !== null && sizes[percentile].value < limit)
        .map((percentile) => `${name}.${measure}.${percentile}`),
    );
  });
  return { diameterUm, recall, figuresBelow };
}
