import { borderWeight, type SamplingWeight, wholeWindow } from '../grid/sampling-window.ts';
import type { PlacedField } from '../grid/tile-overlap.ts';
import { diameterEquivalent } from '../measure/measure-particle.ts';
import type { CountedParticles } from './counted-particles.ts';
import { percentile, percentileOfCounted } from './percentile.ts';
import { sizeGroup } from './size-group.ts';
import type { BorderMethod, BorderStatistics } from './size-statistics.ts';

/** The particles of one tile in columns, one entry each in the same order; all empty for a tile without any. */
export interface TileParticles extends PlacedField {
  readonly areaUm2: Float64Array;
  /** 1 where the particle is certain. */
  readonly certain: Uint8Array;
  /** 1 where it reaches the tile's border. */
  readonly touchesBorder: Uint8Array;
  /** Sides of its upright box: its Feret diameters along x and y. */
  readonly boxWidthUm: Float64Array;
  readonly boxHeightUm: Float64Array;
}

/** What counts of a run, and what was done about borders. */
export interface BorderCorrected {
  readonly particles: CountedParticles;
  readonly border: BorderStatistics;
}

/**
 * Which particles count, and for how many.
 *
 * - `weight`: those that lie whole in a tile, each with the inverse of its chance to do so (Miles 1978, Lantuejoul 1980,
 *   ISO 13322-1).
 * - `exclude`: those that lie whole in their tile, each once: large ones are cut more often, so sizes come out low.
 * - `include`: all as they are, pieces too.
 */
export function borderCorrected(tiles: readonly TileParticles[], method: BorderMethod): BorderCorrected {
  const whole = concatenated(
    tiles,
    (tile, index) => tile.touchesBorder[index] === 0,
    method === 'weight' ? borderWeight(wholeWindow(tiles)) : () => 1,
  );
  const particles =
    method === 'include'
      ? concatenated(
          tiles,
          () => true,
          () => 1,
        )
      : whole;
  const cut = tiles.reduce((sum, { touchesBorder }) => sum + touchesBorder.filter(Boolean).length, 0);
  return {
    particles,
    border: { method, cut, joined: 0, diameterD50Shift: shiftOfD50(particles, whole.areaUm2) },
  };
}

function concatenated(
  tiles: readonly TileParticles[],
  counts: (tile: TileParticles, index: number) => boolean,
  weight: SamplingWeight,
): CountedParticles {
  const counted = tiles.flatMap((tile, at) =>
    Array.from(tile.areaUm2.keys())
      .filter((index) => counts(tile, index))
      .map((index) => ({ tile, at, index })),
  );
  return {
    areaUm2: Float64Array.from(counted, ({ tile, index }) => tile.areaUm2[index]!),
    weight: Float64Array.from(counted, ({ tile, index }) =>
      weight(tile.boxWidthUm[index]!, tile.boxHeightUm[index]!),
    ),
    tile: Int32Array.from(counted, ({ at }) => at),
    certain: Uint8Array.from(counted, ({ tile, index }) => tile.certain[index]!),
  };
}

/** D50 by number of the corrected particles over that of those that lie whole in a tile, minus 1. */
function shiftOfD50(particles: CountedParticles, wholeUm2: Float64Array): number | null {
  if (wholeUm2.length === 0) return null;
  const { diameterUm, weight } = sizeGroup(particles);
  let sum = 0;
  const cumulated = weight.map((one) => {
    sum += one;
    return sum;
  });
  const excluded = percentile(wholeUm2.map(diameterEquivalent).sort(), 0.5);
  return percentileOfCounted(diameterUm, cumulated, 0.5) / excluded - 1;
}
