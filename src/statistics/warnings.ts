import { counted, countText, figureDigits } from './numeric/figure-digits.ts';
import { particlesNeededForVolumeMean, particlesNeededForVolumePercentiles } from './particles-needed.ts';
import type {
  DetectionLimit,
  FilterStatistics,
  GroupStatistics,
  StatisticsWarning,
} from './size-statistics.ts';

/** The error and confidence for which ISO 13322-1 tabulates the particles needed. */
const ERROR = 0.05;

/** What a reader of the figures must know, in words. */
export function statisticsWarnings(
  all: GroupStatistics,
  limit: DetectionLimit | null,
): readonly StatisticsWarning[] {
  return [tooFewParticles(all), belowDetectionLimit(limit)].filter((warning) => warning !== null);
}

/** One where a filter leaves nothing of what was counted. */
export function nonePassesFilter({
  expression,
  particlesLeftOut,
  unfiltered,
}: FilterStatistics): readonly StatisticsWarning[] {
  if (particlesLeftOut === 0 || particlesLeftOut < unfiltered.count) return [];
  return [
    {
      code: 'none-passes-filter',
      message: `none of ${unfiltered.count} particles passes the filter ${expression}, so there are no figures; loosen it, or leave it out`,
    },
  ];
}

function tooFewParticles({ count, logNormal }: GroupStatistics): StatisticsWarning | null {
  if (logNormal === null) return null;
  const spread = logNormal.geometricStandardDeviation.value;
  const mean = particlesNeededForVolumeMean(spread, ERROR);
  const percentiles = particlesNeededForVolumePercentiles(spread, ERROR);
  if (count >= percentiles) return null;
  const asked = [
    count < mean ? `${countText(mean)} for means by volume` : '',
    `${countText(percentiles)} for percentiles by volume`,
  ];
  return {
    code: 'too-few-particles',
    message: `${counted(count, 'particle was', 'particles were')} counted; at a geometric standard deviation of ${figureDigits(spread)}, ISO 13322-1 asks for ${asked.filter(Boolean).join(' and ')} (5 % error, 95 % confidence)`,
  };
}

function belowDetectionLimit(limit: DetectionLimit | null): StatisticsWarning | null {
  if (limit === null || limit.figuresBelow.length === 0) return null;
  const percent = Math.round(100 * limit.recall);
  return {
    code: 'below-detection-limit',
    message: `${limit.figuresBelow.join(', ')} under ${figureDigits(limit.diameterUm)} um, where the model finds ${percent} % of the particles or fewer; use a higher magnification`,
  };
}
