import type { StagePositionUm } from '../units.ts';

/** A rectangular lattice without ends: where row 0, column 0 lies, how far the next ones are, how it is turned. */
export interface LatticeFrame {
  /** Distance between neighbouring columns (x) and rows (y) along the turned axes. */
  readonly pitchUm: { readonly x: number; readonly y: number };
  /** Counter-clockwise turn of the rows against the stage's x axis. */
  readonly rotationRad: number;
  /** Centre of row 0, column 0. */
  readonly originUm: StagePositionUm;
}

/** The lattice point nearest to a position, and how far off it the position lies, as fractions of the pitch. */
export interface NearestPoint {
  readonly row: number;
  readonly column: number;
  readonly rowsOff: number;
  readonly columnsOff: number;
}

/**
 * Beyond this fraction of the pitch a position is not on the lattice. Stage jitter reaches about 0.1;
 * a position drawn at random lies farther off than this, on one axis or the other, half of the time.
 */
const OFF_LATTICE = 0.35;

/** Deviations below this fraction of the pitch are no evidence for one lattice over another. */
export const EXACTNESS = 0.03;

/** Rows count downwards: row 1 lies at a lower stage y than row 0. */
export function nearestPoint(frame: LatticeFrame, position: StagePositionUm): NearestPoint {
  const x = position.x - frame.originUm.x;
  const y = position.y - frame.originUm.y;
  const cos = Math.cos(frame.rotationRad);
  const sin = Math.sin(frame.rotationRad);
  const columns = (x * cos + y * sin) / frame.pitchUm.x;
  const rows = (x * sin - y * cos) / frame.pitchUm.y;
  const column = Math.round(columns);
  const row = Math.round(rows);
  return { row, column, rowsOff: rows - row, columnsOff: columns - column };
}

export function isOnLattice(point: NearestPoint): boolean {
  return Math.abs(point.rowsOff) <= OFF_LATTICE && Math.abs(point.columnsOff) <= OFF_LATTICE;
}

/** The centre of a row and column on the stage. */
export function pointAt(frame: LatticeFrame, row: number, column: number): StagePositionUm {
  const along = column * frame.pitchUm.x;
  const down = row * frame.pitchUm.y;
  const cos = Math.cos(frame.rotationRad);
  const sin = Math.sin(frame.rotationRad);
  return {
    x: frame.originUm.x + along * cos + down * sin,
    y: frame.originUm.y + along * sin - down * cos,
  };
}

/**
 * Least squares on the integer indices that `frame` gives to the positions; those off the lattice are left
 * out. Pitch and rotation are fitted in turn: with the rotation fixed, each pitch is the slope of a straight
 * line through (index, coordinate); with the pitches fixed, the rotation is the orthogonal Procrustes one
 * (Schönemann, Psychometrika 31, 1966), in two dimensions atan2(sum m x q, sum m . q) of the centred model
 * points m and positions q. Two positions leave the rotation as it is: they cannot tell jitter from a turn.
 */
export function refineFrame(frame: LatticeFrame, positions: readonly StagePositionUm[]): LatticeFrame {
  const seen = positions
    .map((position) => ({ position, point: nearestPoint(frame, position) }))
    .filter(({ point }) => isOnLattice(point));
  if (seen.length < 2) return frame;
  const mean = (of: (tile: (typeof seen)[number]) => number) =>
    seen.reduce((sum, tile) => sum + of(tile), 0) / seen.length;
  const centre = { x: mean((tile) => tile.position.x), y: mean((tile) => tile.position.y) };
  const middle = { column: mean((tile) => tile.point.column), row: mean((tile) => tile.point.row) };
  const centred = seen.map(({ position, point }) => ({
    x: position.x - centre.x,
    y: position.y - centre.y,
    column: point.column - middle.column,
    row: point.row - middle.row,
  }));

  let { pitchUm, rotationRad } = frame;
  for (let pass = 0; pass < 3; pass += 1) {
    pitchUm = fittedPitch(centred, rotationRad, pitchUm);
    if (seen.length > 2) rotationRad = fittedRotation(centred, pitchUm);
  }
  const turned = { pitchUm, rotationRad, originUm: centre };
  return { ...turned, originUm: pointAt(turned, -middle.row, -middle.column) };
}

interface CentredTile {
  readonly x: number;
  readonly y: number;
  readonly column: number;
  readonly row: number;
}

function fittedPitch(
  tiles: readonly CentredTile[],
  rotationRad: number,
  before: LatticeFrame['pitchUm'],
): LatticeFrame['pitchUm'] {
  const cos = Math.cos(rotationRad);
  const sin = Math.sin(rotationRad);
  let alongColumns = 0;
  let columnsSquared = 0;
  let downRows = 0;
  let rowsSquared = 0;
  for (const { x, y, column, row } of tiles) {
    alongColumns += column * (x * cos + y * sin);
    columnsSquared += column * column;
    downRows += row * (x * sin - y * cos);
    rowsSquared += row * row;
  }
  // A single column says nothing about the distance of columns, nor a single row about that of rows.
  const severalColumns = columnsSquared > 1e-6;
  const severalRows = rowsSquared > 1e-6;
  return {
    x: severalColumns ? alongColumns / columnsSquared : before.x,
    y: severalRows ? downRows / rowsSquared : before.y,
  };
}

function fittedRotation(tiles: readonly CentredTile[], pitchUm: LatticeFrame['pitchUm']): number {
  let cross = 0;
  let dot = 0;
  for (const { x, y, column, row } of tiles) {
    const modelX = column * pitchUm.x;
    const modelY = -row * pitchUm.y;
    cross += modelX * y - modelY * x;
    dot += modelX * x + modelY * y;
  }
  return Math.atan2(cross, dot);
}
