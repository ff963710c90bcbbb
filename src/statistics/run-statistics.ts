import { type CountedParticles, checkCountedParticles } from './counted-particles.ts';
import { detectionLimit, type VisibleSize } from './detection-limit.ts';
import { emptyGroup, groupStatistics } from './group-statistics.ts';
import { resampledTiles } from './numeric/resample.ts';
import { diameterFields, type FeretKind } from './published-diameter.ts';
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
  /** Of each particle the Feret diameter, where that is the published one. */
  readonly feret?: FeretDiameters | undefined;
}

export interface FeretDiameters {
  readonly kind: FeretKind;
  readonly diameterUm: Float64Array;
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
  { tiles, particles, border, feret }: CountedRun,
  options: RunStatisticsOptions,
): RunStatistics {
  const { all, certain, uncertain } = groupsOf({ tiles, particles, feret }, options);
  const limit = options.visible && detectionLimit(options.visible, { all, certain });
  return {
    tiles,
    all,
    certain,
    uncertain,
    border,
    diameter: feret?.kind ?? 'area',
    detectionLimit: limit,
    uncertaintySpread: uncertaintySpread(all, certain),
    warnings: statisticsWarnings(all, limit),
    resamples: options.resamples,
  };
}

type Groups = Pick<RunStatistics, 'all' | 'certain' | 'uncertain'>;

/** Statistics of all, certain and uncertain particles. */
function groupsOf(
  { tiles, particles, feret }: Omit<CountedRun, 'border'>,
  options: RunStatisticsOptions,
): Groups {
  checkOptions(options);
  checkCountedParticles(particles, tiles);
  const group = sizeGroup(particles);
  const groups = {
    all: statisticsOf(group, tiles, options),
    certain: statisticsOf(byCertainty(group, true), tiles, options),
    uncertain: statisticsOf(byCertainty(group, false), tiles, options),
  };
  if (!feret) return groups;
  // Every moment of a diameter follows from the circle that has it, as those of x_A follow from the area.
  const areaUm2 = feret.diameterUm.map((diameter) => (Math.PI * diameter ** 2) / 4);
  const ofFeret = groupsOf({ tiles, particles: { ...particles, areaUm2 } }, options);
  const published = (name: keyof Groups) => feretStatistics(feret.kind, groups[name], ofFeret[name]);
  return { all: published('all'), certain: published('certain'), uncertain: published('uncertain') };
}

/** Distributions by number of area and equivalent diameter stay; all else is of the Feret diameter. */
function feretStatistics(
  kind: FeretKind,
  ofArea: GroupStatistics,
  ofFeret: GroupStatistics,
): GroupStatistics {
  const { count, areaUm2, diameterEquivalentUm } = ofArea;
  const { diameterEquivalentUm: sizes, ...rest } = ofFeret;
  return { ...rest, count, areaUm2, diameterEquivalentUm, [diameterFields[kind]]: sizes };
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
