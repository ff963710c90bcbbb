import type { StagePositionUm } from '../../units.ts';
import type { BoxUm } from '../box.ts';

/** A tile's place in the grid; row 0 is the highest stage y, column 0 the lowest stage x. */
export interface GridSite {
  readonly row: number;
  readonly column: number;
}

export interface ScanGrid {
  readonly rows: number;
  readonly columns: number;
  /** Physical width of a tile. */
  readonly fieldWidthUm: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Share of a tile's width and height that it has in common with its neighbour. */
  readonly overlapFraction: number;
  /** Stage position of the tile in row 0, column 0. */
  readonly startCentreUm: StagePositionUm;
  /** Turns the tiles' positions about the first one, counter-clockwise; the images keep the stage's axes. */
  readonly rotationRad: number;
  /** serpentine: every other row from right to left. */
  readonly order: 'serpentine' | 'raster';
  /** Sites of which the instrument writes no file. */
  readonly missing: readonly GridSite[];
}

export interface PlannedTile extends GridSite {
  readonly centreUm: StagePositionUm;
}

/**
 * The tiles of a grid, the missing ones left out, in the order of acquisition.
 * @throws RangeError when a key of the grid is out of its range.
 */
export function planScan(grid: ScanGrid): PlannedTile[] {
  checkGrid(grid);
  const left = new Set(grid.missing.map(({ row, column }) => row * grid.columns + column));
  const tiles: PlannedTile[] = [];
  for (let row = 0; row < grid.rows; row += 1) {
    for (let step = 0; step < grid.columns; step += 1) {
      const backwards = grid.order === 'serpentine' && row % 2 === 1;
      const column = backwards ? grid.columns - 1 - step : step;
      if (!left.has(row * grid.columns + column)) {
        tiles.push({ row, column, centreUm: tileCentre(grid, row, column) });
      }
    }
  }
  return tiles;
}

export function gridPixelSizeUm(grid: ScanGrid): number {
  return grid.fieldWidthUm / grid.widthPx;
}

/** What a tile shows of the stage. */
export function tileBox(grid: ScanGrid, { x, y }: StagePositionUm): BoxUm {
  const halfWidthUm = grid.fieldWidthUm / 2;
  const halfHeightUm = (gridPixelSizeUm(grid) * grid.heightPx) / 2;
  return { left: x - halfWidthUm, right: x + halfWidthUm, bottom: y - halfHeightUm, top: y + halfHeightUm };
}

/** Everything that the whole grid shows, its missing tiles included. */
export function gridBox(grid: ScanGrid): BoxUm {
  const corners = [0, grid.rows - 1].flatMap((row) =>
    [0, grid.columns - 1].map((column) => tileBox(grid, tileCentre(grid, row, column))),
  );
  return {
    left: Math.min(...corners.map((box) => box.left)),
    right: Math.max(...corners.map((box) => box.right)),
    bottom: Math.min(...corners.map((box) => box.bottom)),
    top: Math.max(...corners.map((box) => box.top)),
  };
}

function tileCentre(grid: ScanGrid, row: number, column: number): StagePositionUm {
  const stepUm = grid.fieldWidthUm * (1 - grid.overlapFraction);
  const right = column * stepUm;
  const up = -row * stepUm * (grid.heightPx / grid.widthPx);
  const [cos, sin] = [Math.cos(grid.rotationRad), Math.sin(grid.rotationRad)];
  return {
    x: grid.startCentreUm.x + right * cos - up * sin,
    y: grid.startCentreUm.y + right * sin + up * cos,
  };
}

function checkGrid(grid: ScanGrid): void {
  for (const key of ['rows', 'columns', 'widthPx', 'heightPx'] as const) {
    if (!(Number.isSafeInteger(grid[key]) && grid[key] >= 1)) {
      throw new RangeError(`${key} is ${grid[key]}, expected a whole number from 1`);
    }
  }
  if (!(grid.fieldWidthUm > 0))
    throw new RangeError(`fieldWidthUm is ${grid.fieldWidthUm}, expected above 0`);
  if (!(grid.overlapFraction >= 0 && grid.overlapFraction <= 0.9)) {
    throw new RangeError(`overlapFraction is ${grid.overlapFraction}, expected 0 to 0.9`);
  }
  const stray = grid.missing.find(
    ({ row, column }) => !(row >= 0 && row < grid.rows && column >= 0 && column < grid.columns),
  );
  if (stray) {
    throw new RangeError(
      `missing names row ${stray.row}, column ${stray.column}, outside ${grid.rows} x ${grid.columns} tiles`,
    );
  }
}
