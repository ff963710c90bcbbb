import type { ImagingVerdict } from './imaging-verdict.ts';
import { counted, countText, figureDigits } from './numeric/figure-digits.ts';
import { particlesNeededForVolumeMean, particlesNeededForVolumePercentiles } from './particles-needed.ts';
import type {
  BorderMethod,
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

/** That the scans of the tiles were turned differently. */
export function turnedDifferently(configured: BorderMethod): StatisticsWarning {
  const instead =
    configured === 'join'
      ? 'particles at borders are not joined but weighted (as statistics.border: weight)'
      : 'overlaps and weights at borders are not exact';
  return {
    code: 'scan-rotation-differs',
    message: `the scans of the tiles were turned differently (acquisition/scan/rotation differs by over 0.001 rad), so ${instead}; keep the rotation within a sample`,
  };
}

/** That corrections were said of what a model found before; null where none is. */
export function staleCorrections(stale: {
  readonly corrections: number;
  readonly tiles: number;
}): StatisticsWarning | null {
  const { corrections, tiles } = stale;
  if (corrections === 0) return null;
  return {
    code: 'stale-corrections',
    message: `${counted(corrections, 'correction does', 'corrections do')} not count, as ${counted(tiles, 'tile was', 'tiles were')} segmented again since ${corrections === 1 ? 'it was' : 'they were'} made; look at ${tiles === 1 ? 'this tile' : 'these tiles'} again`,
  };
}

/** That nothing is left to count, and which keys of the configuration say so; null where a tile counts. */
export function everyTileLeftOut(
  tiles: number,
  leftOut: readonly Pick<ImagingVerdict, 'keys' | 'reason'>[],
): StatisticsWarning | null {
  const [first] = leftOut;
  if (first === undefined || leftOut.length < tiles) return null;
  const keys = [...new Set(leftOut.flatMap((tile) => tile.keys))];
  const struck = keys.map((key) => {
    const count = leftOut.filter((tile) => tile.keys.includes(key)).length;
    return `imaging.${key} ${count === tiles ? 'fails every one' : `fails ${count}`}`;
  });
  return {
    code: 'every-tile-left-out',
    message:
      `${tiles === 1 ? 'the only tile was' : `all ${tiles} tiles were`} left out for their imaging, so nothing is counted: ${struck.join(', ')} (the first: ${first.reason}); ` +
      'image the sample again, or where it looks like this, set another limit or null',
  };
}
