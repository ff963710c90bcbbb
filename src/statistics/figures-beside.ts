import { sizesOf } from './published-sizes.ts';
import type { ComparedFigures, RunStatistics } from './size-statistics.ts';

/** The figures of a run that are published beside others, which count the same particles in another way. */
export function figuresBeside({ all, uncertain }: Pick<RunStatistics, 'all' | 'uncertain'>): ComparedFigures {
  const sizes = sizesOf(all);
  const volume = all.diameterByVolumeUm;
  return {
    count: all.count,
    uncertainCount: uncertain.count,
    areaMeanUm2: all.areaUm2?.mean ?? null,
    diameterUm: sizes && { mean: sizes.mean, d10: sizes.d10, d50: sizes.d50, d90: sizes.d90 },
    diameterByVolumeUm: volume && { d10: volume.d10, d50: volume.d50, d90: volume.d90 },
  };
}
