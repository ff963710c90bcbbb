import type { StagePositionUm } from '../units.ts';
import type { GridSize } from './coverage-of.ts';
import { fitLattice, type Lattice } from './lattice.ts';
import { isOnLattice, nearestPoint } from './lattice-frame.ts';
import { isLarger } from './stitched-map.ts';

/** A tile's place on the stage. */
export interface Place {
  /** The tile's centre. */
  readonly stagePositionUm: StagePositionUm;
  readonly fieldUm: { readonly width: number; readonly height: number };
}

/** What is known of a run when a tile comes that it might take. */
export interface RunSoFar<Taken extends Place> {
  /** It has had a final result, or a controller has ended it. */
  readonly hasEnded: boolean;
  /** Its tiles, in the order in which they came. */
  readonly tiles: readonly Taken[];
  /** When its tiles were imaged, by the microscope's clock; null where that is not known. */
  readonly imagedMs: { readonly first: number; readonly last: number } | null;
  /** How long its last tile has been here. */
  readonly silentMs: number;
  /** Whether its latest summary asks for this tile's place to be imaged again. */
  isWanted(tile: Taken): boolean;
  /** Whether the file that now holds the arriving tile held this one. */
  isOverwritten(tile: Taken): boolean;
}

export interface ArrivingTile extends Place {
  /** By the microscope's clock; null where it does not say. */
  readonly imagedMs: number | null;
}

export interface ArrivalLimits {
  /** The grid that is expected; null where none is. */
  readonly expected: GridSize | null;
  /** Farther in time than this from all tiles of a run, a tile is of another one. */
  readonly apartMs: number;
  /** Farther on the stage than this from all tiles of a run, likewise; null: told from the expected grid. */
  readonly apartUm: number | null;
}

/**
 * What a tile is to a run:
 * - `fills`: it joins it.
 * - `replaces`: it joins it and takes the place of one of its tiles, which counts no more.
 * - `begins-anew`: the run's grid is being imaged again; the tile is the first of another run.
 * - `is-elsewhere`: it lies too far off in place or time; an older run may still take it.
 */
export type Arrival<Taken> =
  | { readonly kind: 'fills' | 'begins-anew' | 'is-elsewhere' }
  | { readonly kind: 'replaces'; readonly tile: Taken };

/** Whether two images show one place of the stage, at whatever magnification: their centres lie so near to each other. */
export function areCentredAlike(one: Place, other: Place): boolean {
  const sides = [one, other].flatMap(({ fieldUm: { width, height } }) => [width, height]);
  return distanceUm(one, other) < SAME_PLACE * Math.min(...sides);
}

/** Whether a tile was imaged at another time than a run: see the first rule of {@link arrivalOf}. */
export function isApartInTime(
  { imagedMs: of, hasEnded, silentMs }: Pick<RunSoFar<Place>, 'imagedMs' | 'hasEnded' | 'silentMs'>,
  { imagedMs: at }: Pick<ArrivingTile, 'imagedMs'>,
  apartMs: number,
): boolean {
  if (of === null || at === null) return hasEnded && silentMs > apartMs;
  return at < of.first - apartMs || at > of.last + apartMs;
}

/** Positions this near to each other, as a share of the field's smaller side, are one place on the stage. */
const SAME_PLACE = 0.25;
/** How far a grid may reach beyond the expected one whose tiles lie side by side, since tiles may lie apart. */
const REACH = 1.5;
/** Fields along and across where no grid is expected. */
const UNKNOWN_GRID: GridSize = { rows: 40, columns: 40 };

/**
 * The rule by which a tile joins a run of its label, folder, instrument and pixel size, or begins another.
 *
 * 1. Time. A tile imaged longer than `apartMs` before the run's first or after its last tile is elsewhere. Where the
 *    microscope did not write when, the time since the run's last tile came counts, once the run has ended.
 * 2. Place. A tile farther than `apartUm` from every tile of the run is elsewhere, and so is one off the lattice, or
 *    beyond the grid, of a run that has ended.
 * 3. A tile at an occupied place replaces the tile there while the run fills, or where the run asks for that place
 *    again. Otherwise the grid is being imaged again: in a run that has ended, and where its first place comes again
 *    after others. The same holds for a file of the run that is written again with another place.
 * 4. Any other tile fills its place.
 */
export function arrivalOf<Taken extends Place>(
  run: RunSoFar<Taken>,
  tile: ArrivingTile,
  limits: ArrivalLimits,
): Arrival<Taken> {
  if (isApartInTime(run, tile, limits.apartMs) || isOutOfReach(run.tiles, tile, limits)) {
    return { kind: 'is-elsewhere' };
  }
  // While a run fills its lattice may still be guessed wrong, so only what lies at the same place is of one place.
  const lattice = run.hasEnded ? latticeOf(run.tiles) : null;
  const alike = run.tiles.filter((taken) => !isLarger(taken, tile) && !isLarger(tile, taken));
  const there = alike.findLast((taken) => isSamePlace(taken, tile, lattice));
  if (there === undefined) {
    if (lattice && isOffGrid(lattice, tile, limits.expected)) return { kind: 'is-elsewhere' };
    return { kind: run.tiles.some(run.isOverwritten) ? 'begins-anew' : 'fills' };
  }
  if (run.isWanted(there)) return { kind: 'replaces', tile: there };
  const isFirstAgain = there === run.tiles[0] && run.tiles.length > 1;
  return run.hasEnded || isFirstAgain ? { kind: 'begins-anew' } : { kind: 'replaces', tile: there };
}

function isOutOfReach(
  tiles: readonly Place[],
  tile: Place,
  { expected, apartUm }: Pick<ArrivalLimits, 'expected' | 'apartUm'>,
): boolean {
  const { rows, columns } = expected ?? UNKNOWN_GRID;
  const reachUm = apartUm ?? REACH * Math.hypot(columns * tile.fieldUm.width, rows * tile.fieldUm.height);
  return tiles.length > 0 && tiles.every((taken) => distanceUm(taken, tile) > reachUm);
}

function latticeOf(tiles: readonly Place[]): Lattice | null {
  const [first] = tiles;
  const positions = tiles.map(({ stagePositionUm }) => stagePositionUm);
  return first ? fitLattice(positions, first.fieldUm) : null;
}

/** Neither between the run's tiles nor beside them, nor where the expected grid may still reach. */
function isOffGrid(lattice: Lattice, tile: Place, expected: GridSize | null): boolean {
  const point = nearestPoint(lattice, tile.stagePositionUm);
  if (tellsBothPitches(lattice) && !isOnLattice(point)) return true;
  const spanned = spannedWith(lattice, point);
  const beside = { rows: lattice.rows + 1, columns: lattice.columns + 1 };
  return ![beside, ...(expected ? [expected, turned(expected)] : [])].some((grid) => fits(spanned, grid));
}

/** One row, or one column, does not tell how far the next one is. */
function tellsBothPitches({ rows, columns }: Lattice): boolean {
  return rows > 1 && columns > 1;
}

function spannedWith({ rows, columns }: Lattice, { row, column }: { row: number; column: number }): GridSize {
  return {
    rows: Math.max(rows - 1, row) - Math.min(0, row) + 1,
    columns: Math.max(columns - 1, column) - Math.min(0, column) + 1,
  };
}

/** A grid turned by more than 45 degrees has its rows and columns exchanged. */
function turned({ rows, columns }: GridSize): GridSize {
  return { rows: columns, columns: rows };
}

function fits(size: GridSize, within: GridSize): boolean {
  return size.rows <= within.rows && size.columns <= within.columns;
}

/** @param lattice null where it does not matter */
function isSamePlace(taken: Place, tile: Place, lattice: Lattice | null): boolean {
  const { width, height } = taken.fieldUm;
  if (distanceUm(taken, tile) < SAME_PLACE * Math.min(width, height)) return true;
  if (lattice === null || !tellsBothPitches(lattice)) return false;
  const [a, b] = [taken, tile].map(({ stagePositionUm }) => nearestPoint(lattice, stagePositionUm));
  return isOnLattice(b!) && a!.row === b!.row && a!.column === b!.column;
}

function distanceUm({ stagePositionUm: a }: Place, { stagePositionUm: b }: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
