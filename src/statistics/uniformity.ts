import type { LatticeSite } from '../grid/coverage.ts';
import type { JoinableParticles } from '../grid/particle-pieces.ts';
import { diameterEquivalent } from '../measure/measure-particle.ts';
import { type MoransI, moransI } from './numeric/morans-i.ts';

/** The particles of one tile and its place; without one it is not on the map. */
export interface PlacedSizes extends Pick<JoinableParticles, 'areaUm2' | 'touchesBorder'> {
  readonly site: LatticeSite | null;
}

/** Whether sizes and numbers of particles are strewn evenly over the grid. */
export interface Uniformity {
  readonly diameter: MoransI | null;
  readonly count: MoransI | null;
  /** By row, then column. */
  readonly map: readonly MapTile[];
}

export interface MapTile extends LatticeSite {
  readonly count: number;
  /** Geometric mean of the equivalent diameters of the particles that the border leaves whole; null without any. */
  readonly diameterMeanUm: number | null;
}

/**
 * The map of a run and Moran's I of its two figures: the number of particles, and the mean logarithm of the diameter,
 * in which one coarse particle does not outweigh a tile. Tiles at the same place count as one.
 *
 * @param seed of the permutation test.
 */
export function uniformity(tiles: readonly PlacedSizes[], seed = 1): Uniformity {
  const places = Map.groupBy(
    tiles.filter(({ site }) => site !== null),
    ({ site }) => `${site!.row},${site!.column}`,
  );
  const map = [...places.values()]
    .map(mapTile)
    .sort((one, other) => one.row - other.row || one.column - other.column);
  return {
    diameter: moransI(
      map.flatMap(({ row, column, diameterMeanUm }) =>
        diameterMeanUm === null ? [] : [{ row, column, value: Math.log(diameterMeanUm) }],
      ),
      seed,
    ),
    count: moransI(
      map.map(({ row, column, count }) => ({ row, column, value: count })),
      seed,
    ),
    map,
  };
}

function mapTile(tiles: readonly PlacedSizes[]): MapTile {
  const { row, column } = tiles[0]!.site!;
  let count = 0;
  let whole = 0;
  let logarithms = 0;
  for (const { areaUm2, touchesBorder } of tiles) {
    count += areaUm2.length;
    for (const [particle, area] of areaUm2.entries()) {
      if (touchesBorder[particle] !== 0) continue;
      whole++;
      logarithms += Math.log(diameterEquivalent(area));
    }
  }
  return { row, column, count, diameterMeanUm: whole === 0 ? null : Math.exp(logarithms / whole) };
}
