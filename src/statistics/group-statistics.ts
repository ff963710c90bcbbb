import { histogramOf } from './numeric/histogram.ts';
import { distanceOfChance, distanceToLogNormal } from './numeric/log-normal.ts';
import { standardDeviation } from './numeric/moments.ts';
import { interval95 } from './numeric/resample.ts';
import type { SizeFigures } from './size-figures.ts';
import type { SizeGroup } from './size-group.ts';
import type {
  Estimate,
  GroupStatistics,
  LogNormalFit,
  SizeDistribution,
  VolumeDistribution,
} from './size-statistics.ts';

export const emptyGroup: GroupStatistics = {
  count: 0,
  areaUm2: null,
  diameterEquivalentUm: null,
  diameterMeansUm: null,
  diameterByAreaUm: null,
  diameterByVolumeUm: null,
  logNormal: null,
};

/** What a group's figures are put together from. */
interface Measured {
  readonly group: SizeGroup;
  readonly observed: SizeFigures;
  readonly estimate: (figure: keyof SizeFigures) => Estimate;
  readonly classesPerDecade: number;
}

/**
 * Puts one group's figures together.
 *
 * @param observed the figures of the run itself.
 * @param resampled the same figures of each resample; none where there can be no interval.
 * @param tiles those that hold particles of the group.
 */
export function groupStatistics(
  group: SizeGroup,
  observed: SizeFigures,
  resampled: readonly SizeFigures[],
  tiles: number,
  classesPerDecade: number,
): GroupStatistics {
  const estimate = (figure: keyof SizeFigures): Estimate => ({
    value: observed[figure],
    ...(resampled.length === 0
      ? { low95: null, high95: null }
      : interval95(
          observed[figure],
          resampled.map((figures) => figures[figure]),
          tiles,
        )),
  });
  const measured = { group, observed, estimate, classesPerDecade };
  return {
    count: group.areaUm2.length,
    areaUm2: distribution(measured, 'area', group.areaUm2),
    diameterEquivalentUm: distribution(measured, 'diameter', group.diameterUm),
    diameterMeansUm: {
      quadratic: estimate('diameterQuadratic'),
      sauter: estimate('diameterSauter'),
      deBrouckere: estimate('diameterDeBrouckere'),
    },
    diameterByAreaUm: {
      d10: estimate('diameterByAreaD10'),
      d50: estimate('diameterByAreaD50'),
      d90: estimate('diameterByAreaD90'),
    },
    diameterByVolumeUm: volumeDistribution(measured),
    logNormal: logNormalFit(measured),
  };
}

function distribution(
  { group, observed, estimate, classesPerDecade }: Measured,
  measure: 'area' | 'diameter',
  sorted: Float64Array,
): SizeDistribution {
  return {
    mean: estimate(`${measure}Mean`),
    standardDeviation: standardDeviation(sorted, group.weight),
    d10: estimate(`${measure}D10`),
    d50: estimate(`${measure}D50`),
    d90: estimate(`${measure}D90`),
    span: (observed[`${measure}D90`] - observed[`${measure}D10`]) / observed[`${measure}D50`],
    smallest: sorted[0]!,
    largest: sorted.at(-1)!,
    histogram: histogramOf(sorted, group.weight, classesPerDecade),
  };
}

function volumeDistribution({ group, observed, estimate, classesPerDecade }: Measured): VolumeDistribution {
  const { diameterByVolumeD10, diameterByVolumeD50, diameterByVolumeD90 } = observed;
  const volumes = group.weight.map((weight, place) => weight * group.diameterUm[place]! ** 3);
  const { edges, shares } = histogramOf(group.diameterUm, volumes, classesPerDecade);
  return {
    d10: estimate('diameterByVolumeD10'),
    d50: estimate('diameterByVolumeD50'),
    d90: estimate('diameterByVolumeD90'),
    span: (diameterByVolumeD90 - diameterByVolumeD10) / diameterByVolumeD50,
    histogram: { edges, shares },
  };
}

function logNormalFit({ group, observed, estimate }: Measured): LogNormalFit {
  const { geometricMean, geometricStandardDeviation } = observed;
  const distance = distanceToLogNormal(group, geometricMean, geometricStandardDeviation);
  return {
    geometricMeanUm: estimate('geometricMean'),
    geometricStandardDeviation: estimate('geometricStandardDeviation'),
    distance,
    fits: distance <= distanceOfChance(group.areaUm2.length),
  };
}
