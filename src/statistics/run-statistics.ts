import { emptyGroup, groupStatistics } from './group-statistics.ts';
import { resampledTiles } from './resample.ts';
import { cumulatedFor, type SizeFigures, sizeFigures } from './size-figures.ts';
import { byCertainty, type SizeGroup, sizeGroup, tilesOccupied } from './size-group.ts';
import type { GroupStatistics, RunStatistics } from './size-statistics.ts';
import { borderCount, checkTileSizes, type TileSizes } from './tile-sizes.ts';

export interface RunStatisticsOptions {
  /** Leaves out particles that reach their tile's border: their true size is unknown. */
  readonly excludeBorder: boolean;
  /** Bootstrap resamples for the intervals; 0 gives none. */
  readonly resamples: number;
  /** The same seed and tiles in the same order give the same intervals; its lowest 32 bits count. */
  readonly seed: number;
  readonly histogram: { readonly classesPerDecade: number };
}

/**
 * Size statistics of one run, with 95 % intervals from whole tiles drawn again and again.
 *
 * A group whose particles lie in fewer than two tiles has no interval, as nothing tells how tiles differ.
 * Resamples that happen to hold no particle of a group say nothing about its sizes and are left out for it.
 *
 * @param tiles every measured tile of the run, those without particles included: they are part of the sample.
 * Throws a RangeError on inconsistent columns or options.
 */
export function runStatistics(tiles: readonly TileSizes[], options: RunStatisticsOptions): RunStatistics {
  checkOptions(options);
  checkTileSizes(tiles);
  const all = sizeGroup(tiles, options.excludeBorder);
  return {
    tiles: tiles.length,
    all: statisticsOf(all, tiles.length, options),
    certain: statisticsOf(byCertainty(all, true), tiles.length, options),
    uncertain: statisticsOf(byCertainty(all, false), tiles.length, options),
    borderCount: borderCount(tiles),
    borderExcluded: options.excludeBorder,
    resamples: options.resamples,
  };
}

function statisticsOf(group: SizeGroup, tiles: number, options: RunStatisticsOptions): GroupStatistics {
  const cumulated = cumulatedFor(group);
  const observed = sizeFigures(group, new Int32Array(tiles).fill(1), cumulated);
  if (observed === null) return emptyGroup;

  const resampled: SizeFigures[] = [];
  // The seed starts afresh, so every group sees the same tiles drawn.
  const resamples = tilesOccupied(group) < 2 ? 0 : options.resamples;
  for (const timesDrawn of resampledTiles(tiles, resamples, options.seed)) {
    const figures = sizeFigures(group, timesDrawn, cumulated);
    if (figures !== null) resampled.push(figures);
  }
  return groupStatistics(group, observed, resampled, options.histogram.classesPerDecade);
}

function checkOptions({ resamples, seed, histogram }: RunStatisticsOptions): void {
  if (!Number.isInteger(resamples) || resamples < 0) {
    throw new RangeError(`resamples is ${resamples}, expected a whole number from 0`);
  }
  if (!Number.isInteger(seed)) throw new RangeError(`seed is ${seed}, expected a whole number`);
  const { classesPerDecade } = histogram;
  if (!Number.isInteger(classesPerDecade) || classesPerDecade < 1) {
    throw new RangeError(`histogram.classesPerDecade is ${classesPerDecade}, expected a whole number from 1`);
  }
}
