import { histogramOf } from './histogram.ts';
import { standardDeviation } from './moments.ts';
import { interval95 } from './resample.ts';
import type { SizeFigures } from './size-figures.ts';
import type { SizeGroup } from './size-group.ts';
import type { Estimate, GroupStatistics, SizeDistribution } from './size-statistics.ts';

export const emptyGroup: GroupStatistics = {
  count: 0,
  areaUm2: null,
  diameterEquivalentUm: null,
  diameterSauterUm: null,
  diameterByAreaUm: null,
};

/**
 * Puts one group's figures together.
 *
 * @param observed the figures of the run itself.
 * @param resampled the same figures of each resample; none where there can be no interval.
 */
export function groupStatistics(
  group: SizeGroup,
  observed: SizeFigures,
  resampled: readonly SizeFigures[],
  classesPerDecade: number,
): GroupStatistics {
  const estimate = (figure: keyof SizeFigures): Estimate => ({
    value: observed[figure],
    ...(resampled.length === 0
      ? { low95: null, high95: null }
      : interval95(resampled.map((figures) => figures[figure]))),
  });
  return {
    count: group.areaUm2.length,
    areaUm2: {
      mean: estimate('areaMean'),
      d10: estimate('areaD10'),
      d50: estimate('areaD50'),
      d90: estimate('areaD90'),
      ...spread(group.areaUm2, observed.areaD10, observed.areaD50, observed.areaD90, classesPerDecade),
    },
    diameterEquivalentUm: {
      mean: estimate('diameterMean'),
      d10: estimate('diameterD10'),
      d50: estimate('diameterD50'),
      d90: estimate('diameterD90'),
      ...spread(
        group.diameterUm,
        observed.diameterD10,
        observed.diameterD50,
        observed.diameterD90,
        classesPerDecade,
      ),
    },
    diameterSauterUm: estimate('diameterSauter'),
    diameterByAreaUm: {
      d10: estimate('diameterByAreaD10'),
      d50: estimate('diameterByAreaD50'),
      d90: estimate('diameterByAreaD90'),
    },
  };
}

/** What describes the width of a distribution, without an interval. */
function spread(
  sorted: Float64Array,
  d10: number,
  d50: number,
  d90: number,
  classesPerDecade: number,
): Pick<SizeDistribution, 'standardDeviation' | 'span' | 'smallest' | 'largest' | 'histogram'> {
  return {
    standardDeviation: standardDeviation(sorted),
    span: (d90 - d10) / d50,
    smallest: sorted[0]!,
    largest: sorted.at(-1)!,
    histogram: histogramOf(sorted, classesPerDecade),
  };
}
