import type { Coverage, LatticeSite } from '../grid/coverage.ts';
import { coverageOf, type GridSize } from '../grid/coverage-of.ts';
import { fitLattice, type Lattice, placeOnLattice } from '../grid/lattice.ts';
import { pointAt } from '../grid/lattice-frame.ts';
import type { TilePlace } from '../store/stored-tile.ts';

/** Where a run's tiles stand. */
export interface RunLayout {
  readonly coverage: Coverage;
  /** Null where the tiles stand on none that can be told. */
  readonly lattice: Lattice | null;
  /** One entry a tile, null where the lattice has no place for it. */
  readonly sites: ReadonlyMap<number, LatticeSite | null>;
}

/** The lattice of a run's tiles and what it says of coverage; a lattice that cannot be told numbers them. */
export function runLayout(tiles: readonly TilePlace[], expected: GridSize | null): RunLayout {
  const [first] = tiles;
  const positions = tiles.flatMap((tile) => tile.stagePositionUm ?? []);
  const lattice = first ? fitLattice(positions, first.fieldUm) : null;
  const sites = new Map(
    tiles.map(({ id, stagePositionUm: at }) => [
      id,
      lattice && at ? (placeOnLattice(lattice, at)?.site ?? null) : null,
    ]),
  );
  const placed = lattice
    ? [...sites.values()].filter((site) => site !== null)
    : tiles.map((_, column) => ({ row: 0, column }));
  return { coverage: coverageOf(lattice, placed, expected), lattice, sites };
}

/** `runLayout`, fitted again only when tiles or expectation are others: each of a burst's results asks for the same one. */
export function rememberingLayout(): (tiles: readonly TilePlace[], expected: GridSize | null) => RunLayout {
  let known = '';
  let layout = runLayout([], null);
  return (tiles, expected) => {
    const asked = `${JSON.stringify(expected)} ${tiles.map(({ id }) => id).join()}`;
    if (asked !== known) layout = runLayout(tiles, expected);
    known = asked;
    return layout;
  };
}

/** The places of the grid that no tile fills. */
export function missingPlaces({ coverage, lattice }: Pick<RunLayout, 'coverage' | 'lattice'>) {
  if (lattice === null) return [];
  return coverage.missing.map(({ row, column }) => ({
    row,
    column,
    stagePositionUm: pointAt(lattice, row, column),
  }));
}
