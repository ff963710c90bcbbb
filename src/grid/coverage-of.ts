import type { Coverage, LatticeSite } from './coverage.ts';
import type { Lattice } from './lattice.ts';

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * How much of the grid is there. Several tiles on one site count once; the missing sites come row by row.
 *
 * Without a lattice there are no rows and columns and nothing can be said to be missing: number the tiles
 * as sites of one row, and each counts as present.
 *
 * @param sites where the run's tiles stand on `lattice`.
 * @param expected the configured grid, null where none is configured.
 */
export function coverageOf(
  lattice: Lattice | null,
  sites: readonly LatticeSite[],
  expected: GridSize | null,
): Coverage {
  const filled = new Set(sites.map(keyOf));
  const tilesConfigured = expected === null ? 0 : expected.rows * expected.columns;
  const { rows, columns } = lattice ?? { rows: 0, columns: 0 };
  const tilesFitted = lattice === null ? filled.size : rows * columns;
  const tilesExpected = Math.max(tilesConfigured, tilesFitted);
  return {
    rows,
    columns,
    tilesPresent: filled.size,
    tilesExpected,
    missing: sitesOf(rows, columns).filter((site) => !filled.has(keyOf(site))),
    tilesUnseen: tilesExpected - tilesFitted,
  };
}

function sitesOf(rows: number, columns: number): LatticeSite[] {
  return Array.from({ length: rows * columns }, (_, index) => ({
    row: Math.floor(index / columns),
    column: index % columns,
  }));
}

function keyOf({ row, column }: LatticeSite): string {
  return `${row},${column}`;
}
