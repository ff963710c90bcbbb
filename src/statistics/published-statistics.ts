import { filterText, type ParticleFilter } from '../config/particle-filter.ts';
import { type BorderCorrected, borderCorrected } from './border-correction.ts';
import { figuresBeside } from './figures-beside.ts';
import { borderMethodFor, type FilterableTile, kept, passing } from './filtered-particles.ts';
import { measuredDigits } from './numeric/significant.ts';
import { type DiameterKind, diameterFields } from './published-diameter.ts';
import { type CountedRun, type RunStatisticsOptions, runStatistics } from './run-statistics.ts';
import { shapeStatistics } from './shape-statistics.ts';
import { shapedParticles } from './shaped-particles.ts';
import type { BorderMethod, FilterStatistics, RunStatistics } from './size-statistics.ts';
import { nonePassesFilter } from './warnings.ts';

export interface PublishedOptions extends RunStatisticsOptions {
  readonly border: BorderMethod;
  readonly diameter: DiameterKind;
}

export interface PublishedStatistics {
  readonly statistics: RunStatistics;
  readonly duplicateCount: number;
  /** Of the particles that count: how many the tiles hold, by estimate. */
  readonly weightSum: number;
}

/** A filter and who asked for it. */
export interface FilterInForce {
  readonly filter: ParticleFilter;
  readonly from: FilterStatistics['from'];
}

/**
 * All figures of a run as they are published: of the diameter that is asked for, and of the particles that pass the filter,
 * with the figures of all of them beside. Precision and verdict rest on the filtered ones.
 *
 * @param tiles those that count; which comes first decides which one's particle counts where two overlap.
 */
export function publishedStatistics(
  tiles: readonly FilterableTile[],
  { border, diameter, ...options }: PublishedOptions,
  inForce: FilterInForce | null,
): PublishedStatistics {
  const method = borderMethodFor(border, diameter, inForce?.filter ?? null);
  const counted = borderCorrected(tiles, method);
  const { duplicates, duplicateCount } = counted;
  const shaped = shapedParticles(tiles, method, duplicates);
  const runOf = (particles: Counted): CountedRun => ({
    ...{ tiles: tiles.length, particles: particles.particles, border: counted.border },
    feret:
      diameter === 'area' ? undefined : { kind: diameter, diameterUm: feretOf(tiles, particles, diameter) },
  });
  const unfiltered = runStatistics(runOf(counted), options);
  if (inForce === null) {
    const shape = shapeStatistics(tiles, shaped, options);
    return { statistics: { ...unfiltered, shape }, duplicateCount, weightSum: weightSumOf(counted) };
  }
  const passed = kept(counted, passing(tiles, counted, inForce.filter));
  const names = new Set(
    passed.pieces.flatMap((pieces) => pieces.map(({ tile, index }) => `${tile} ${index}`)),
  );
  const shapedAndPassed = shaped.filter(({ tile, index }) => names.has(`${tile} ${index}`));
  const statistics = runStatistics(runOf(passed), options);
  const filter = effectOf(inForce, unfiltered, statistics);
  const shape = shapeStatistics(tiles, shapedAndPassed, options);
  const warnings = [...nonePassesFilter(filter), ...statistics.warnings];
  return {
    ...{ statistics: { ...statistics, shape, filter, warnings }, duplicateCount },
    weightSum: weightSumOf(passed),
  };
}

function weightSumOf({ particles: { weight } }: Counted): number {
  return weight.reduce((sum, one) => sum + one, 0);
}

type Counted = Pick<BorderCorrected, 'particles' | 'pieces'>;

function feretOf(
  tiles: readonly FilterableTile[],
  { pieces }: Counted,
  kind: Exclude<DiameterKind, 'area'>,
): Float64Array {
  return Float64Array.from(pieces, ([piece]) =>
    measuredDigits(tiles[piece!.tile]![diameterFields[kind]][piece!.index]!),
  );
}

function effectOf(
  { filter, from }: FilterInForce,
  unfiltered: RunStatistics,
  passed: RunStatistics,
): FilterStatistics {
  return {
    expression: filterText(filter),
    from,
    particlesLeftOut: unfiltered.all.count - passed.all.count,
    unfiltered: figuresBeside(unfiltered),
  };
}
