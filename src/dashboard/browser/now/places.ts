import type { RunDetail, TileEntry } from '../../api/run.ts';

/** A place of the grid, and what is there. */
export interface Place {
  readonly row: number;
  readonly column: number;
  /** Null where no tile is. */
  readonly tile: TileEntry | null;
  /** Why it is empty, or why its tile does not count, in words. */
  readonly reason: string | null;
}

/** The grid row by row, every place of it, and the tiles of which the place is not known yet. */
export function placesOf({ rows, columns, tiles, emptyPlaces }: RunDetail): {
  readonly rows: readonly (readonly Place[])[];
  readonly unplaced: readonly TileEntry[];
} {
  const at = (row: number, column: number) => row * columns + column;
  const placed = new Map<number, TileEntry>();
  const unplaced: TileEntry[] = [];
  for (const tile of tiles) {
    const { row, column } = tile;
    if (row === null || column === null || row >= rows || column >= columns) unplaced.push(tile);
    else if (isShownOver(tile, placed.get(at(row, column)))) placed.set(at(row, column), tile);
  }
  const reasons = new Map(emptyPlaces.map(({ row, column, reason }) => [at(row, column), reason]));
  const place = (row: number, column: number): Place => {
    const tile = placed.get(at(row, column)) ?? null;
    return { row, column, tile, reason: tile?.reason ?? reasons.get(at(row, column)) ?? null };
  };
  return {
    rows: Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => place(row, column)),
    ),
    unplaced,
  };
}

/** Of two images of one place the one that counts is shown, else the later one. */
function isShownOver(tile: TileEntry, other: TileEntry | undefined): boolean {
  return other === undefined || tile.state !== 'left-out' || other.state === 'left-out';
}

/** What is at the place, as it is read out. */
export function placeText({ row, column, tile, reason }: Place): string {
  const where = `Row ${row}, column ${column}`;
  const because = reason === null ? '' : `: ${reason}`;
  if (tile === null) return reason === null ? `${where}: no tile yet` : `${where}: no tile${because}`;
  if (tile.state === 'waiting') return `${where}: waiting to be segmented`;
  if (tile.state === 'failed') return `${where}: could not be segmented${because}`;
  const counts = `${where}: ${tile.particles ?? 0} particles, ${tile.uncertain ?? 0} uncertain`;
  if (tile.state === 'left-out') return `${counts}, left out${because}`;
  return tile.reimage ? `${counts}, to be imaged again${because}` : counts;
}
