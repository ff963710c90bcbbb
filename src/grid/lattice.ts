import type { StagePositionUm } from '../units.ts';
import type { LatticeSite } from './coverage.ts';
import {
  EXACTNESS,
  isOnLattice,
  type LatticeFrame,
  nearestPoint,
  pointAt,
  refineFrame,
} from './lattice-frame.ts';
import { type FieldUm, guessPitch, guessRotation } from './lattice-guess.ts';
import { distinctPositions, fromTheMiddle, neighbourSteps, type Step } from './neighbour-steps.ts';

/** The grid that a run's tiles stand on; row 0 is the highest, column 0 the leftmost after un-turning. */
export interface Lattice extends LatticeFrame {
  readonly rows: number;
  readonly columns: number;
}

/** Positions this near to each other, as a fraction of the field's smaller side, are one place. */
const SAME_PLACE = 0.25;
const TILES_AT_FIRST = 9;
/** A turned grid must be this much likelier (natural log) than a straight one; most grids are straight. */
const ADVANTAGE_OF_TURNED = 3;
const ON_LATTICE_SHARE_MIN = 0.75;
/** Root mean square deviation in pitches over both axes; 0.14 where jitter has a deviation of 10 %. */
const DEVIATION_MAX = 0.2;

/**
 * The lattice on which tiles at these positions stand, or null where there are none or where they stand on
 * no lattice. Any order; tiles may be missing, doubled or off by about 10 % of the pitch; turned by up to 45
 * degrees. Rows and columns are those between the outermost tiles seen, off-lattice ones left out.
 *
 * Method: the steps between near neighbours give a rotation and a pitch along each axis; from the middle
 * outwards, ever more tiles get integer indices and refine both by least squares. This is done once for a
 * straight grid and once for the rotation of the steps, and the likelier of the two is taken.
 *
 * It cannot tell: whole outer rows or columns not seen yet; a grid of which every second column is missing
 * from one with twice the pitch; a turn by more than 45 degrees from rows and columns exchanged; from two
 * tiles, any turn (two diagonal neighbours are taken for the corners of a straight 2 x 2 grid), and from three
 * or four a strong one; a few images at places chosen by hand from a sparse grid.
 *
 * @param fieldUm size of one tile; the pitch may be up to half smaller (overlap) or much larger (gaps).
 */
export function fitLattice(positionsUm: readonly StagePositionUm[], fieldUm: FieldUm): Lattice | null {
  const near = SAME_PLACE * Math.min(fieldUm.width, fieldUm.height);
  const positions = fromTheMiddle(distinctPositions(positionsUm, near));
  if (positions.length === 0) return null;
  const steps = neighbourSteps(positions);
  const straight = grow(positions, steps, 0, fieldUm);
  if (positions.length < 3) return straight.lattice;
  const turned = grow(positions, steps, guessRotation(steps), fieldUm);
  const likelier = turned.cost + ADVANTAGE_OF_TURNED < straight.cost ? turned : straight;
  return likelier.lattice;
}

/**
 * The site of a tile and its distance from it. Null where the position is more than 35 % of a pitch off
 * every site, or on a site outside the fitted rows and columns (fit again with it).
 */
export function placeOnLattice(
  lattice: Lattice,
  position: StagePositionUm,
): { readonly site: LatticeSite; readonly residualUm: number } | null {
  const point = nearestPoint(lattice, position);
  const { row, column } = point;
  const inside = row >= 0 && row < lattice.rows && column >= 0 && column < lattice.columns;
  if (!inside || !isOnLattice(point)) return null;
  const centre = pointAt(lattice, row, column);
  // `Math.round` gives -0 for a tile a little before row or column 0.
  const site = { row: row + 0, column: column + 0 };
  return { site, residualUm: Math.hypot(position.x - centre.x, position.y - centre.y) };
}

interface Grown {
  readonly lattice: Lattice | null;
  /** Negative log-likelihood, up to a constant. */
  readonly cost: number;
}

/** From the middle outwards, twice as many tiles each time, so that every index is sure when it is given. */
function grow(
  positions: readonly StagePositionUm[],
  steps: readonly Step[],
  rotationRad: number,
  field: FieldUm,
): Grown {
  const pitchUm = guessPitch(steps, rotationRad, field, positions.length);
  let frame: LatticeFrame = { pitchUm, rotationRad, originUm: positions[0] ?? { x: 0, y: 0 } };
  for (let count = TILES_AT_FIRST; count < 2 * positions.length; count *= 2) {
    const inner = positions.slice(0, count);
    frame = refineFrame(refineFrame(frame, inner), inner);
  }
  frame = refineFrame(frame, positions);
  return judge(frame, positions);
}

/** Cuts the frame to the tiles on it, and weighs their deviation and the number of sites they are spread over. */
function judge(frame: LatticeFrame, positions: readonly StagePositionUm[]): Grown {
  const points = positions.map((position) => nearestPoint(frame, position));
  const on = points.filter(isOnLattice);
  if (on.length < ON_LATTICE_SHARE_MIN * points.length)
    return { lattice: null, cost: Number.POSITIVE_INFINITY };
  const rowFirst = on.reduce((least, { row }) => Math.min(least, row), Number.POSITIVE_INFINITY);
  const rowLast = on.reduce((most, { row }) => Math.max(most, row), Number.NEGATIVE_INFINITY);
  const columnFirst = on.reduce((least, { column }) => Math.min(least, column), Number.POSITIVE_INFINITY);
  const columnLast = on.reduce((most, { column }) => Math.max(most, column), Number.NEGATIVE_INFINITY);
  const rows = rowLast - rowFirst + 1;
  const columns = columnLast - columnFirst + 1;

  const variance =
    points.reduce((sum, { rowsOff, columnsOff }) => sum + rowsOff ** 2 + columnsOff ** 2, 0) / points.length;
  if (variance > DEVIATION_MAX ** 2) return { lattice: null, cost: Number.POSITIVE_INFINITY };
  const cost =
    (points.length / 2) * (Math.log(variance + EXACTNESS ** 2) + Math.log((rows * columns) / on.length));
  return { lattice: { ...frame, rows, columns, originUm: pointAt(frame, rowFirst, columnFirst) }, cost };
}
