import { seededRandom } from './random.ts';

/** A figure at a place of the grid; no two at the same. */
export interface GridValue {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

export interface MoransI {
  /** About 1 where neighbours are alike, near `expected` without a pattern, negative where they alternate. */
  readonly moranI: number;
  /** -1 / (tiles - 1). */
  readonly expected: number;
  /** Two-sided: how often values strewn at random over the same places give one as far off; at least 0.002. */
  readonly pValue: number;
  readonly tiles: number;
}

const tilesLeast = 6;
const permutations = 999;

/**
 * Moran's I = n / W x sum over neighbours i, j of (x_i - m)(x_j - m) / sum of (x_i - m)^2, over all ordered pairs of
 * neighbours, W of them: those up to one row and one column apart (queen's case, weight 1). Moran 1950,
 * doi:10.1093/biomet/37.1-2.17; Cliff & Ord 1981, Spatial Processes.
 *
 * The p-value is that of a permutation test (Cliff & Ord 1981; Hope 1968), right for any distribution and few tiles:
 * twice the smaller share of 999 permutations and the values themselves that reach I from above or from below.
 *
 * Null for fewer than six tiles, for equal values and where no two places are neighbours.
 *
 * @param seed the same seed and values give the same p-value.
 */
export function moransI(values: readonly GridValue[], seed = 1): MoransI | null {
  const tiles = values.length;
  if (tiles < tilesLeast) return null;
  const pairs = neighbours(values);
  const mean = values.reduce((sum, { value }) => sum + value, 0) / tiles;
  const off = Float64Array.from(values, ({ value }) => value - mean);
  const squares = off.reduce((sum, x) => sum + x * x, 0);
  const allEqual = values.every(({ value }) => value === values[0]!.value);
  if (pairs.length === 0 || allEqual) return null;

  const observed = products(off, pairs);
  let above = 1;
  let below = 1;
  const randomBelow = seededRandom(seed);
  // The same products in another order may differ by rounding, and equal is as far off.
  const rounding = 1e-9 * squares;
  for (let permutation = 0; permutation < permutations; permutation++) {
    shuffle(off, randomBelow);
    const strewn = products(off, pairs);
    if (strewn >= observed - rounding) above++;
    if (strewn <= observed + rounding) below++;
  }
  return {
    // Each pair stands once in the list, twice in the formula.
    moranI: (tiles * observed) / ((pairs.length / 2) * squares),
    expected: -1 / (tiles - 1),
    pValue: Math.min(1, (2 * Math.min(above, below)) / (permutations + 1)),
    tiles,
  };
}

/** Indices of neighbours, two by two, each pair once. */
function neighbours(values: readonly GridValue[]): Int32Array {
  const places = new Map(values.map(({ row, column }, index) => [`${row},${column}`, index]));
  const onwards = [
    [0, 1],
    [1, -1],
    [1, 0],
    [1, 1],
  ] as const;
  return Int32Array.from(
    values.flatMap(({ row, column }, index) =>
      onwards.flatMap(([down, across]) => {
        const other = places.get(`${row + down},${column + across}`);
        return other === undefined ? [] : [index, other];
      }),
    ),
  );
}

function products(off: Float64Array, pairs: Int32Array): number {
  let sum = 0;
  for (let at = 0; at < pairs.length; at += 2) sum += off[pairs[at]!]! * off[pairs[at + 1]!]!;
  return sum;
}

/** Fisher and Yates. */
function shuffle(values: Float64Array, randomBelow: (below: number) => number): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = randomBelow(at + 1);
    const kept = values[at]!;
    values[at] = values[other]!;
    values[other] = kept;
  }
}
