import type { GroupStatistics, UncertaintySpread } from './size-statistics.ts';

/**
 * How far the uncertain particles move each figure: |all - certain| / all. Null where one of the groups is empty. Where
 * it is larger than an interval, the doubt is not how many tiles were seen but what counts as a particle.
 */
export function uncertaintySpread(all: GroupStatistics, certain: GroupStatistics): UncertaintySpread | null {
  const of = figuresOf(all);
  const sure = figuresOf(certain);
  if (of === null || sure === null) return null;
  const gap = (figure: keyof UncertaintySpread) => Math.abs(of[figure] - sure[figure]) / of[figure];
  return {
    areaMean: gap('areaMean'),
    diameterMean: gap('diameterMean'),
    diameterD10: gap('diameterD10'),
    diameterD50: gap('diameterD50'),
    diameterD90: gap('diameterD90'),
    diameterByVolumeD50: gap('diameterByVolumeD50'),
  };
}

function figuresOf(group: GroupStatistics): UncertaintySpread | null {
  const { areaUm2, diameterEquivalentUm, diameterByVolumeUm } = group;
  if (!areaUm2 || !diameterEquivalentUm || !diameterByVolumeUm) return null;
  return {
    areaMean: areaUm2.mean.value,
    diameterMean: diameterEquivalentUm.mean.value,
    diameterD10: diameterEquivalentUm.d10.value,
    diameterD50: diameterEquivalentUm.d50.value,
    diameterD90: diameterEquivalentUm.d90.value,
    diameterByVolumeD50: diameterByVolumeUm.d50.value,
  };
}
