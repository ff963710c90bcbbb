import { describe, expect, it } from 'vitest';
import { type GridValue, moransI } from '../../../src/statistics/numeric/morans-i.ts';
import { seededRandom } from '../../../src/statistics/numeric/random.ts';

function grid(rows: number, columns: number, valueAt: (row: number, column: number) => number): GridValue[] {
  return Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    const column = index % columns;
    return { row, column, value: valueAt(row, column) };
  });
}

describe("Moran's I", () => {
  it('is -1/7 on a checkerboard of 4 x 4', () => {
    // 24 pairs beside each other give -1 each, 18 diagonal ones +1, of 42: (16 / 84) x 2 x (18 - 24) / 16.
    const checkerboard = moransI(grid(4, 4, (row, column) => ((row + column) % 2 === 0 ? 1 : -1)))!;
    expect(checkerboard.moranI).toBeCloseTo(-1 / 7, 12);
    expect(checkerboard.expected).toBeCloseTo(-1 / 15, 12);
    expect(checkerboard.tiles).toBe(16);
  });

  it('is 0.3 on a gradient over 3 x 3', () => {
    // Columns -1, 0, 1: the four pairs down the outer columns give 1 each, the other 16 of 20 give 0; the squares
    // sum to 6: (9 / 40) x 2 x 4 / 6.
    expect(moransI(grid(3, 3, (_, column) => column))?.moranI).toBeCloseTo(0.3, 12);
  });

  it('does not change with unit, zero or order', () => {
    const values = grid(4, 5, (row, column) => row * row + 3 * column);
    const other = values.map((place) => ({ ...place, value: 1000 - 7 * place.value })).reverse();
    expect(moransI(other)?.moranI).toBeCloseTo(moransI(values)!.moranI, 12);
  });

  it('finds a gradient over 6 x 8 tiles as significant as 999 permutations can say', () => {
    expect(moransI(grid(6, 8, (row, column) => row + column))?.pValue).toBe(0.002);
  });

  it('has p-values that are uniform where there is no pattern', () => {
    const randomBelow = seededRandom(5);
    const ps = Array.from({ length: 300 }, (_, seed) => {
      // Skewed values, as counts are.
      const values = grid(4, 6, () => -Math.log((1 + randomBelow(2 ** 31)) / 2 ** 31));
      return moransI(values, seed)!.pValue;
    });
    const shareUpTo = (p: number) => ps.filter((it) => it <= p).length / ps.length;
    // Three standard deviations of a share of 300: 0.038 at 5 %, 0.052 at 10 %, 0.087 at 50 %.
    expect(Math.abs(shareUpTo(0.05) - 0.05)).toBeLessThan(0.038);
    expect(Math.abs(shareUpTo(0.1) - 0.1)).toBeLessThan(0.052);
    expect(Math.abs(shareUpTo(0.5) - 0.5)).toBeLessThan(0.087);
  });

  it('is undefined for five tiles, equal values and tiles that do not touch', () => {
    expect(moransI(grid(1, 5, (_, column) => column))).toBeNull();
    expect(moransI(grid(3, 3, () => 0.1))).toBeNull();
    expect(moransI(grid(3, 3, (row, column) => row + column).map(apart))).toBeNull();
  });
});

function apart({ row, column, value }: GridValue): GridValue {
  return { row: 2 * row, column: 2 * column, value };
}
