import { type CountedParticles, checkCountedParticles } from './counted-particles.ts';
import { detectionLimit, type VisibleSize } from './detection-limit.ts';
import { emptyGroup, groupStatistics } from './group-statistics.ts';
import { resampledTiles } from './numeric/resample.ts';
import { cumulatedFor, type SizeFigures, sizeFigures } from './size-figures.ts';
import { byCertainty, type SizeGroup, sizeGroup, tilesOccupied } from './size-group.ts';
import type { BorderStatistics, GroupStatistics, RunStatistics } from './size-statistics.ts';
import { uncertaintySpread } from './uncertainty-spread.ts';
import { statisticsWarnings } from './warnings.ts';

export interface RunStatisticsOptions {
  /** Bootstrap resamples for the intervals; 0 gives none. */
  readonly resamples: number;
  /** The same seed and tiles in the same order give the same intervals; its lowest 32 bits count. */
  readonly seed: number;
  readonly classesPerDecade: number;
  /** The smallest size that the model sees; null where it does not say. */
  readonly visible: VisibleSize | null;
}

/** What was counted in the measured tiles of a run. */
export interface CountedRun {
  /** Measured tiles, those without particles included: they are part of the sample. */
  readonly tiles: number;
  readonly particles: CountedParticles;
  /** What was done about borders. */
  readonly border: BorderStatistics;
}

/**
 * Size statistics of one run, with 95 % intervals from whole tiles drawn again and again.
 *
 * A group whose particles lie in fewer than two tiles has no interval, as nothing tells how tiles differ.
 * Resamples that happen to hold no particle of a group say nothing about its sizes and are left out for it.
 *
 * Throws a RangeError on inconsistent columns or options.
 */
export function runStatistics(
  { tiles, particles, border }: CountedRun,
  options: RunStatisticsOptions,
): RunStatistics {
  checkOptions(options);
  checkCountedParticles(particles, tiles);
  const group = sizeGroup(particles);
  const all = statisticsOf(group, tiles, options);
  const certain = statisticsOf(byCertainty(group, true), tiles, options);
  const uncertain = statisticsOf(byCertainty(group, false), tiles, options);
  const limit = options.visible && detectionLimit(options.visible, { all, certain });
  return {
    tiles,
    all,
    certain,
    uncertain,
    border,
    detectionLimit: limit,
    uncertaintySpread: uncertaintySpread(all, certain),
    warnings: statisticsWarnings(all, limit),
    resamples: options.resamples,
  };
}

function statisticsOf(group: SizeGroup, tiles: number, options: RunStatisticsOptions): GroupStatistics {
  const cumulated = cumulatedFor(group);
  const observed = sizeFigures(group, new Int32Array(tiles).fill(1), cumulated);
  if (observed === null) return emptyGroup;

  const resampled: SizeFigures[] = [];
  // The seed starts afresh, so every group sees the same tiles drawn.
  const occupied = tilesOccupied(group);
  const resamples = occupied < 2 ? 0 : options.resamples;
  for (const timesDrawn of resampledTiles(tiles, resamples, options.seed)) {
    const figures = sizeFigures(group, timesDrawn, cumulated);
    if (figures !== null) resampled.push(figures);
  }
  return groupStatistics(group, observed, resampled, occupied, options.classesPerDecade);
}

function checkOptions({ resamples, seed, classesPerDecade }: RunStatisticsOptions): void {
  if (!Number.isInteger(resamples) || resamples < 0) {
    throw new RangeError(`resamples is ${resamples}, expected a whole number from 0`);
  }
  if (!Number.isInteger(seed)) throw new RangeError(`seed is ${seed}, expected a whole number`);
  if (!Number.isInteger(classesPerDecade) || classesPerDecade < 1) {
    throw new RangeError(`classesPerDecade is ${classesPerDecade}, expected a whole number from 1`);
  }
}
