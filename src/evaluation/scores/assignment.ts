/**
 * The assignment of every row to a column of its own with the least total cost: Hungarian method by shortest
 * augmenting paths (Jonker & Volgenant, Computing 38, 1987; rectangular as in Crouse, IEEE Transactions on
 * Aerospace and Electronic Systems 52, 2016, doi:10.1109/TAES.2016.140952), rows^2 x columns steps.
 *
 * @param cost row by row, finite, of either sign.
 * @param rows at most `columns`.
 * @returns the column of each row.
 */
export function assignRows(cost: Float64Array, rows: number, columns: number): Int32Array {
  if (rows > columns) throw new RangeError(`${rows} rows cannot each have one of ${columns} columns`);
  const state: Assignment = {
    columns,
    cost,
    rowPrice: new Float64Array(rows),
    columnPrice: new Float64Array(columns),
    columnOfRow: new Int32Array(rows).fill(-1),
    rowOfColumn: new Int32Array(columns).fill(-1),
  };
  for (let row = 0; row < rows; row += 1) {
    const path = shortestPath(state, row);
    updatePrices(state, path);
    augment(state, path);
  }
  return state.columnOfRow;
}

interface Assignment {
  readonly columns: number;
  readonly cost: Float64Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  /** -1 while unassigned; the same in the other direction. */
  readonly columnOfRow: Int32Array;
  readonly rowOfColumn: Int32Array;
}

/** From an unassigned row, over columns and the rows they are assigned to, to the nearest unassigned column. */
interface Path {
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly distance: Float64Array;
  readonly reached: Uint8Array;
  readonly rowBefore: Int32Array;
}

/** Dijkstra's algorithm over the costs less the prices of row and column, which are never negative. */
function shortestPath(state: Assignment, start: number): Path {
  const { columns, rowOfColumn } = state;
  const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const reached = new Uint8Array(columns);
  const rowBefore = new Int32Array(columns).fill(-1);
  let length = 0;
  let end = -1;
  for (let row = start; row >= 0; row = rowOfColumn[end]!) {
    shorten(state, row, length, { distance, reached, rowBefore });
    end = nearestUnreached(distance, reached);
    reached[end] = 1;
    length = distance[end]!;
  }
  return { start, end, length, distance, reached, rowBefore };
}

/** Shortens the distances of the columns not yet reached by the ways through this row. */
function shorten(
  { columns, cost, rowPrice, columnPrice }: Assignment,
  row: number,
  length: number,
  { distance, reached, rowBefore }: Pick<Path, 'distance' | 'reached' | 'rowBefore'>,
): void {
  for (let column = 0; column < columns; column += 1) {
    const through = length + cost[row * columns + column]! - rowPrice[row]! - columnPrice[column]!;
    if (reached[column] || through >= distance[column]!) continue;
    distance[column] = through;
    rowBefore[column] = row;
  }
}

function nearestUnreached(distance: Float64Array, reached: Uint8Array): number {
  let nearest = -1;
  for (let column = 0; column < distance.length; column += 1) {
    if (!reached[column] && (nearest < 0 || distance[column]! < distance[nearest]!)) nearest = column;
  }
  return nearest;
}

/** Keeps every cost at or above the sum of its prices, and equal to it where row and column are assigned. */
function updatePrices({ rowPrice, columnPrice, rowOfColumn }: Assignment, path: Path): void {
  rowPrice[path.start]! += path.length;
  for (let column = 0; column < columnPrice.length; column += 1) {
    if (!path.reached[column] || column === path.end) continue;
    const slack = path.length - path.distance[column]!;
    columnPrice[column]! -= slack;
    rowPrice[rowOfColumn[column]!]! += slack;
  }
}

/** Moves every row on the path one column on, so that its start becomes assigned. */
function augment({ columnOfRow, rowOfColumn }: Assignment, { start, end, rowBefore }: Path): void {
  let column = end;
  for (;;) {
    const row = rowBefore[column]!;
    const columnBefore = columnOfRow[row]!;
    rowOfColumn[column] = row;
    columnOfRow[row] = column;
    if (row === start) return;
    column = columnBefore;
  }
}
