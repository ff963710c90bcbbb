import { percentileOfCounted } from './numeric/percentile.ts';
import { interval95, resampledTiles } from './numeric/resample.ts';
import { measuredDigits } from './numeric/significant.ts';
import { type ShapeMeasure, shapeMeasures } from './shape-measures.ts';
import type { ShapedParticle, ShapedTile } from './shaped-particles.ts';
import type { Estimate, ShapeDistribution, ShapeGroup, ShapeStatistics } from './size-statistics.ts';

export interface ShapeOptions {
  /** Of whole tiles, for the intervals. */
  readonly resamples: number;
  readonly seed: number;
}

/**
 * Number distributions of shape (ISO 9276-6 names the measures, ISO 9276-1 the distribution) with 95 % intervals from whole
 * tiles drawn again, as for sizes. Ratios do not exceed 1, nor do their intervals.
 */
export function shapeStatistics(
  tiles: readonly ShapedTile[],
  particles: readonly ShapedParticle[],
  options: ShapeOptions,
): ShapeStatistics {
  const certain = particles.filter(({ tile, index }) => tiles[tile]!.certain[index] !== 0);
  return { all: shapeGroup(tiles, particles, options), certain: shapeGroup(tiles, certain, options) };
}

function shapeGroup(
  tiles: readonly ShapedTile[],
  particles: readonly ShapedParticle[],
  options: ShapeOptions,
): ShapeGroup {
  const of = (measure: ShapeMeasure) => distribution(tiles, particles, measure, options);
  const [circularity, aspectRatio, solidity, diameterFeretMinUm, diameterFeretMaxUm] = shapeMeasures.map(of);
  return {
    count: particles.length,
    circularity: circularity ?? null,
    aspectRatio: aspectRatio ?? null,
    solidity: solidity ?? null,
    diameterFeretMinUm: diameterFeretMinUm ?? null,
    diameterFeretMaxUm: diameterFeretMaxUm ?? null,
  };
}

function distribution(
  tiles: readonly ShapedTile[],
  particles: readonly ShapedParticle[],
  measure: ShapeMeasure,
  { resamples, seed }: ShapeOptions,
): ShapeDistribution | null {
  if (particles.length === 0) return null;
  const sorted = particles
    .map(({ tile, index, weight }) => ({
      tile,
      weight,
      value: measuredDigits(tiles[tile]![measure][index]!),
    }))
    .sort((one, other) => one.value - other.value);
  const columns = {
    value: Float64Array.from(sorted, ({ value }) => value),
    weight: Float64Array.from(sorted, ({ weight }) => weight),
    tile: Int32Array.from(sorted, ({ tile }) => tile),
  };
  const cumulated = new Float64Array(sorted.length);
  const observed = figures(columns, new Int32Array(tiles.length).fill(1), cumulated)!;
  const occupied = new Set(columns.tile).size;
  const resampled: Figures[] = [];
  for (const drawn of resampledTiles(tiles.length, occupied < 2 ? 0 : resamples, seed)) {
    const found = figures(columns, drawn, cumulated);
    if (found !== null) resampled.push(found);
  }
  const most = measure.startsWith('diameter') ? Number.POSITIVE_INFINITY : 1;
  const estimate = (figure: keyof Figures): Estimate => {
    const value = observed[figure];
    if (resampled.length < 2) return { value, low95: null, high95: null };
    const { low95, high95 } = interval95(
      value,
      resampled.map((one) => one[figure]),
      occupied,
    );
    return { value, low95, high95: Math.min(most, high95) };
  };
  return { mean: estimate('mean'), d10: estimate('d10'), d50: estimate('d50'), d90: estimate('d90') };
}

type Figures = Record<keyof ShapeDistribution, number>;

interface Columns {
  readonly value: Float64Array;
  readonly weight: Float64Array;
  readonly tile: Int32Array;
}

/** Null where no tile that was drawn holds a particle. */
function figures(
  { value, weight, tile }: Columns,
  drawn: Int32Array,
  cumulated: Float64Array,
): Figures | null {
  let number = 0;
  let sum = 0;
  for (let place = 0; place < value.length; place++) {
    const counts = drawn[tile[place]!]! * weight[place]!;
    number += counts;
    sum += counts * value[place]!;
    cumulated[place] = number;
  }
  if (number === 0) return null;
  const at = (fraction: number) => percentileOfCounted(value, cumulated, fraction);
  return { mean: sum / number, d10: at(0.1), d50: at(0.5), d90: at(0.9) };
}
