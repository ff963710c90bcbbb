import type { TileEntry } from '../../api/run.ts';

/** The tiles of a run that can be corrected, row by row as the stage goes; those without a place after them. Pure. */
export function tilesInOrder(tiles: readonly TileEntry[]): TileEntry[] {
  const at = (place: number | null) => place ?? Number.POSITIVE_INFINITY;
  const compare = (a: number, b: number) => (a === b ? 0 : a - b);
  return tiles
    .filter(({ state }) => state === 'segmented')
    .toSorted(
      (a, b) =>
        compare(at(a.row), at(b.row)) || compare(at(a.column), at(b.column)) || a.name.localeCompare(b.name),
    );
}

/** Where a tile is: `row 3, column 5`, from 0 as in reports. */
export function placeText({ row, column, name }: TileEntry): string {
  return row === null || column === null ? name : `row ${row}, column ${column}`;
}
