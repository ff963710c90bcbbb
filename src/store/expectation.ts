import type { GridSize } from '../grid/coverage-of.ts';
import type { SizeTarget } from '../statistics/decision.ts';

/** What somebody says of a sample, for people to read. */
export interface Remarks {
  /** Who is in charge of it. */
  readonly operator: string | null;
  readonly note: string | null;
}

/** What a controller expects of a sample; null where it says nothing, so that the configuration counts. */
export interface Expectation extends Remarks {
  readonly rows: number | null;
  readonly columns: number | null;
  /** Instead of rows and columns. */
  readonly tiles: number | null;
  readonly target: SizeTarget | null;
  readonly precision: { readonly relativeHalfWidth: number } | null;
}

export const nothingExpected: Expectation = {
  rows: null,
  columns: null,
  tiles: null,
  target: null,
  precision: null,
  operator: null,
  note: null,
};

/** Samples that something is expected of at a time; the one that was spoken of longest ago is forgotten first. */
export const EXPECTATIONS_MAX = 10_000;

/** The grid that a run of a sample is measured against: the sample's own, else the configured one. */
export function expectedGrid(
  { rows, columns, tiles }: Expectation,
  configured: GridSize | null,
): GridSize | null {
  if (rows !== null && columns !== null) return { rows, columns };
  // Coverage asks for rows x columns alone, so a number of tiles is a grid of one row.
  return tiles === null ? configured : { rows: 1, columns: tiles };
}
