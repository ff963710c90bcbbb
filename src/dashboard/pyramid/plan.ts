import { createHash } from 'node:crypto';
import type { GridSize } from '../../grid/coverage-of.ts';
import type { PlacedTile } from '../../report/sample/placed-tiles.ts';

/** Another way of drawing gets another number: pyramids of earlier ones are made anew. */
const FORM = 1;
/** A place is shown at most so large: beyond it a viewer asks for the tile itself. */
const LONGEST_SIDE_PX = 1024;

/** What a pyramid shows, and how large its pictures are. */
export interface PyramidPlan {
  /** The same for the same tiles in the same places, drawn the same way. */
  readonly key: string;
  readonly grid: GridSize;
  /** Of one picture: one place of the grid in the last level. Both even. */
  readonly pictureWidthPx: number;
  readonly pictureHeightPx: number;
  readonly levels: number;
  tileAt(row: number, column: number): PlacedTile | undefined;
}

/** Null where no tile has a place on the grid. Pure. */
export function pyramidPlan(tiles: readonly PlacedTile[], grid: GridSize): PyramidPlan | null {
  const [first] = tiles;
  if (first === undefined) return null;
  const { width, height } = first.sizePx;
  let reduction = 1;
  while (Math.max(width, height) / reduction > LONGEST_SIDE_PX) reduction *= 2;
  const even = (px: number): number => Math.max(2, 2 * Math.round(px / reduction / 2));
  const pictureWidthPx = even(width);
  const pictureHeightPx = even(height);
  const placeOf = (row: number, column: number): string => `${row} ${column}`;
  const byPlace = new Map(tiles.map((tile) => [placeOf(tile.row, tile.column), tile]));
  const shown = [...byPlace].map(([place, { contentHash, state, turns, databarHeightPx }]) =>
    [place, contentHash, state, turns, databarHeightPx].join(' '),
  );
  const facts = [FORM, grid.rows, grid.columns, pictureWidthPx, pictureHeightPx, ...shown.sort()];
  return {
    key: createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 16),
    grid,
    pictureWidthPx,
    pictureHeightPx,
    levels: 1 + Math.ceil(Math.log2(Math.max(grid.rows, grid.columns))),
    tileAt: (row, column) => byPlace.get(placeOf(row, column)),
  };
}

/** How many pictures a level has, and how large it is. */
export function levelSize(
  { grid, pictureWidthPx, pictureHeightPx, levels }: Omit<PyramidPlan, 'key' | 'tileAt'>,
  level: number,
): { readonly rows: number; readonly columns: number; readonly widthPx: number; readonly heightPx: number } {
  const placesAPicture = 2 ** (levels - 1 - level);
  return {
    rows: Math.ceil(grid.rows / placesAPicture),
    columns: Math.ceil(grid.columns / placesAPicture),
    widthPx: Math.ceil((grid.columns * pictureWidthPx) / placesAPicture),
    heightPx: Math.ceil((grid.rows * pictureHeightPx) / placesAPicture),
  };
}
