import type { RunDetail, TileEntry } from '../../../api/run.ts';

/** From pixels of a tile to pixels of the grid: x' = a x + c y + e, y' = b x + d y + f, as a canvas takes them. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** A tile where it lies in the picture of the grid. */
export interface Place {
  readonly tile: TileEntry;
  readonly row: number;
  readonly column: number;
  readonly matrix: Matrix;
}

/** The grid as one picture: cell beside cell by row and column, in pixels of its tiles. */
export interface Layout {
  readonly rows: number;
  readonly columns: number;
  /** Of a cell: a tile as it lies on the stage. */
  readonly cellWidthPx: number;
  readonly cellHeightPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelSizeUm: number;
  readonly places: readonly Place[];
  /** Tiles that have no place on the grid, or share one with a tile that counts. */
  readonly unplaced: readonly TileEntry[];
  at(row: number, column: number): Place | undefined;
  of(contentHash: string): Place | undefined;
}

/** Which of several tiles at one place is shown. */
const order: Readonly<Record<TileEntry['state'], number>> = {
  segmented: 0,
  waiting: 1,
  'left-out': 2,
  failed: 3,
};

/** Lays the tiles out; null where none has a place and a size. */
export function layoutOf({
  rows,
  columns,
  tiles,
}: Pick<RunDetail, 'rows' | 'columns' | 'tiles'>): Layout | null {
  const placed = new Map<string, TileEntry>();
  const unplaced: TileEntry[] = [];
  for (const tile of [...tiles].sort((one, other) => order[one.state] - order[other.state])) {
    const isInside =
      tile.row !== null &&
      tile.column !== null &&
      tile.row < rows &&
      tile.column < columns &&
      tile.widthPx > 0;
    const key = `${tile.row},${tile.column}`;
    if (isInside && !placed.has(key)) placed.set(key, tile);
    else unplaced.push(tile);
  }
  const [first] = placed.values();
  if (!first) return null;
  const { width: cellWidthPx, height: cellHeightPx } = uprightSize(first);
  const byPlace = new Map<string, Place>();
  const byHash = new Map<string, Place>();
  for (const [key, tile] of placed) {
    const [row, column] = [tile.row!, tile.column!];
    const matrix = matrixOf(tile, {
      leftPx: column * cellWidthPx,
      topPx: row * cellHeightPx,
      cellWidthPx,
      cellHeightPx,
    });
    const place = { tile, row, column, matrix };
    byPlace.set(key, place);
    byHash.set(tile.contentHash, place);
  }
  return {
    ...{ rows, columns, cellWidthPx, cellHeightPx, unplaced },
    widthPx: columns * cellWidthPx,
    heightPx: rows * cellHeightPx,
    pixelSizeUm: first.pixelSizeUm,
    places: [...byPlace.values()],
    at: (row, column) => byPlace.get(`${row},${column}`),
    of: (contentHash) => byHash.get(contentHash),
  };
}

/** The sides of a tile's picture once it is turned to lie as on the stage. */
export function uprightSize({ widthPx, heightPx, turns }: Pick<TileEntry, 'widthPx' | 'heightPx' | 'turns'>) {
  return turns % 2 === 0 ? { width: widthPx, height: heightPx } : { width: heightPx, height: widthPx };
}

interface Cell {
  readonly leftPx: number;
  readonly topPx: number;
  readonly cellWidthPx: number;
  readonly cellHeightPx: number;
}

/** Turns the picture clockwise by its quarters, then fills its cell with it. */
function matrixOf(tile: TileEntry, { leftPx, topPx, cellWidthPx, cellHeightPx }: Cell): Matrix {
  const { widthPx: w, heightPx: h } = tile;
  const upright = uprightSize(tile);
  const [sx, sy] = [cellWidthPx / upright.width, cellHeightPx / upright.height];
  const turned: readonly Matrix[] = [
    [1, 0, 0, 1, 0, 0],
    [0, 1, -1, 0, h, 0],
    [-1, 0, 0, -1, w, h],
    [0, -1, 1, 0, 0, w],
  ];
  const [a, b, c, d, e, f] = turned[((tile.turns % 4) + 4) % 4]!;
  return [a * sx, b * sy, c * sx, d * sy, leftPx + e * sx, topPx + f * sy];
}

/** A point of a tile in the grid. */
export function onGrid([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [x: number, y: number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** A point of the grid in a tile. */
export function inTile([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [x: number, y: number] {
  const det = a * d - b * c;
  const [dx, dy] = [x - e, y - f];
  return [(d * dx - c * dy) / det, (a * dy - b * dx) / det];
}
