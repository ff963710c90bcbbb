import type { Decision } from '../../statistics/decision.ts';
import { sizesOf } from '../../statistics/published-sizes.ts';
import type { LogNormalFit, RunStatistics } from '../../statistics/size-statistics.ts';
import type { SufficiencyFigure } from '../../statistics/sufficiency.ts';
import type { ChartParticle } from './chart-particles.ts';
import { type AddedSizes, cumulativeByAmount, cumulativeByNumber } from './cumulative-curve.ts';
import { markedShares, sizeDensity } from './size-classes.ts';
import type { SizeDistributionData } from './size-data.ts';

/** What a summary says of a run's sizes. */
export interface SummarisedSizes {
  readonly statistics: Pick<RunStatistics, 'all' | 'uncertain' | 'detectionLimit' | 'diameter'>;
  readonly decision: Pick<Decision, 'target'> | null;
  readonly sufficiency: {
    readonly targetRelativeHalfWidth: number;
    readonly figures: readonly SufficiencyFigure[];
  };
}

/**
 * What the chart shows of a run's sizes; null without particles.
 * @param particles those that the summary counts, in ascending order of size.
 */
export function sizeDistributionData(
  { statistics, decision, sufficiency }: SummarisedSizes,
  particles: readonly ChartParticle[],
): SizeDistributionData | null {
  const { all, uncertain, detectionLimit, diameter = 'area' } = statistics;
  const sizes = sizesOf(all);
  if (!sizes || particles.length === 0) return null;
  const number = added(particles, ({ weight }) => weight);
  const density = sizeDensity(number);
  // As percentiles by volume are counted: area times diameter, since constant factors cancel.
  const volume = added(particles, ({ weight, circleUm2, diameterUm }) => weight * circleUm2 * diameterUm);
  const byVolume = all.diameterByVolumeUm;
  return {
    diameter,
    particleCount: all.count,
    uncertainCount: uncertain.count,
    byNumber: {
      ...density,
      curve: cumulativeByNumber(number),
      uncertainShares: markedShares(number, density, (place) => !particles[place]!.certain),
      percentiles: { d10: sizes.d10, d50: sizes.d50, d90: sizes.d90 },
    },
    byVolume: byVolume && {
      ...sizeDensity(volume),
      curve: cumulativeByAmount(volume),
      percentiles: { d10: byVolume.d10, d50: byVolume.d50, d90: byVolume.d90 },
    },
    detectionLimitUm: detectionLimit?.diameterUm ?? null,
    logNormal: logNormalOf(all.logNormal),
    targetUm: decision?.target.d50Um ?? null,
    askedHalfWidth: sufficiency.figures.includes('d50') ? sufficiency.targetRelativeHalfWidth : null,
  };
}

function added(particles: readonly ChartParticle[], of: (particle: ChartParticle) => number): AddedSizes {
  return {
    diameterUm: Float64Array.from(particles, ({ diameterUm }) => diameterUm),
    added: Float64Array.from(particles, of),
  };
}

function logNormalOf(fit: LogNormalFit | null): SizeDistributionData['logNormal'] {
  if (fit === null) return null;
  const geometricStandardDeviation = fit.geometricStandardDeviation.value;
  if (geometricStandardDeviation <= 1) return null;
  return { geometricMeanUm: fit.geometricMeanUm.value, geometricStandardDeviation, fits: fit.fits };
}
