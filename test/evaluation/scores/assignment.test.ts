import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignRows } from '../../../src/evaluation/scores/assignment.ts';

describe('assignRows', () => {
  it('gives up the cheapest pair where the others pay for it', () => {
    // Taking 1 first leaves 9: 10 in all. The other two cost 2 + 3 = 5.
    expect([...assignRows(Float64Array.of(1, 2, 3, 9), 2, 2)]).toEqual([1, 0]);
  });

  it('leaves the dearest columns over', () => {
    expect([...assignRows(Float64Array.of(7, 3, 5, 8, 4, 9), 2, 3)]).toEqual([2, 1]);
  });

  it('finds the least total of all possible assignments', () => {
    const matrices = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }))
      .chain(([rows, more]) => {
        const columns = rows + more;
        const size = { minLength: rows * columns, maxLength: rows * columns };
        return fc.tuple(
          fc.constant(rows),
          fc.constant(columns),
          fc.array(fc.integer({ min: -9, max: 9 }), size),
        );
      });
    fc.assert(
      fc.property(matrices, ([rows, columns, cost]) => {
        const assigned = [...assignRows(Float64Array.from(cost), rows, columns)];
        expect(new Set(assigned).size).toBe(rows);
        const total = assigned.reduce((sum, column, row) => sum + (cost[row * columns + column] ?? 0), 0);
        expect(total).toBe(leastTotal(cost, columns, rows));
      }),
    );
  });

  it('refuses more rows than columns', () => {
    expect(() => assignRows(Float64Array.of(1, 2), 2, 1)).toThrow('2 rows cannot each have one of 1 columns');
  });
});

/** Every assignment tried: the first row takes each free column in turn, the rest what is left. */
function leastTotal(
  cost: readonly number[],
  columns: number,
  rows: number,
  taken: readonly number[] = [],
): number {
  const row = taken.length;
  if (row === rows) return 0;
  const free = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => !taken.includes(column),
  );
  return Math.min(
    ...free.map(
      (column) => (cost[row * columns + column] ?? 0) + leastTotal(cost, columns, rows, [...taken, column]),
    ),
  );
}
