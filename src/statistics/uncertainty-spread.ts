import { sizesOf } from './published-sizes.ts';
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
  const { areaUm2, diameterByVolumeUm } = group;
  const sizes = sizesOf(group);
  if (!areaUm2 || !sizes || !diameterByVolumeUm) return null;
  return {
    areaMean: areaUm2.mean.value,
    diameterMean: sizes.mean.value,
    diameterD10: sizes.d10.value,
    diameterD50: sizes.d50.value,
    diameterD90: sizes.d90.value,
    diameterByVolumeD50: diameterByVolumeUm.d50.value,
  };
}
