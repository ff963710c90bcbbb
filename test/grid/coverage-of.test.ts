import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../src/grid/coverage-of.ts';
import type { Lattice } from '../../src/grid/lattice.ts';

function lattice(rows: number, columns: number): Lattice {
  return { rows, columns, pitchUm: { x: 80, y: 80 }, rotationRad: 0, originUm: { x: 0, y: 0 } };
}

describe('coverageOf', () => {
  const corners = [
    { row: 1, column: 0 },
    { row: 0, column: 1 },
  ];

  it('names the missing tiles by row and column', () => {
    expect(coverageOf(lattice(2, 2), corners, null)).toEqual({
      rows: 2,
      columns: 2,
      tilesPresent: 2,
      tilesExpected: 4,
      missing: [
        { row: 0, column: 0 },
        { row: 1, column: 1 },
      ],
      tilesUnseen: 0,
    });
  });

  it('counts expected tiles beyond the fitted grid as unseen', () => {
    const coverage = coverageOf(lattice(2, 2), corners, { rows: 12, columns: 24 });
    // 12 x 24 = 288 expected, of which 2 x 2 = 4 have a place.
    expect(coverage).toMatchObject({ tilesExpected: 288, tilesUnseen: 284 });
    expect(coverage.missing).toHaveLength(2);
  });

  it('expects the fitted grid where it is larger than the configured one', () => {
    expect(coverageOf(lattice(2, 2), corners, { rows: 1, columns: 3 })).toMatchObject({
      tilesExpected: 4,
      tilesUnseen: 0,
    });
  });

  it('counts two tiles on one site once', () => {
    expect(coverageOf(lattice(2, 2), [...corners, ...corners], null).tilesPresent).toBe(2);
  });

  it('counts tiles without a lattice, and misses none of them', () => {
    const sites = [0, 1, 2].map((column) => ({ row: 0, column }));
    expect(coverageOf(null, sites, null)).toEqual({
      rows: 0,
      columns: 0,
      tilesPresent: 3,
      tilesExpected: 3,
      missing: [],
      tilesUnseen: 0,
    });
    expect(coverageOf(null, sites, { rows: 2, columns: 5 }).tilesUnseen).toBe(7);
  });
});
