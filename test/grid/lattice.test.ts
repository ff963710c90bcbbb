import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLattice, type Lattice, placeOnLattice } from '../../src/grid/lattice.ts';
import type { StagePositionUm } from '../../src/units.ts';
import { gridOfTiles, type MeantTile, randomFrom, shuffled } from './grid-of-tiles.ts';

const field = { width: 80, height: 80 };

function fitted(positions: readonly StagePositionUm[], fieldUm = field): Lattice {
  const lattice = fitLattice(positions, fieldUm);
  if (lattice === null) throw new Error('no lattice was found');
  return lattice;
}

/** The tiles that stand on another site than the one they were meant for. */
function misplaced(lattice: Lattice, tiles: readonly MeantTile[]): MeantTile[] {
  const rowFirst = Math.min(...tiles.map(({ row }) => row));
  const columnFirst = Math.min(...tiles.map(({ column }) => column));
  return tiles.filter((tile) => {
    const site = placeOnLattice(lattice, tile)?.site;
    return site?.row !== tile.row - rowFirst || site.column !== tile.column - columnFirst;
  });
}

describe('fitLattice', () => {
  it('finds rows, columns, pitch and origin of an exact 12 x 24 grid', () => {
    const tiles = gridOfTiles({ rows: 12, columns: 24, pitchUm: { x: 80, y: 80 } });
    const lattice = fitted(tiles);
    expect(lattice).toMatchObject({ rows: 12, columns: 24 });
    expect(lattice.pitchUm.x).toBeCloseTo(80, 9);
    expect(lattice.pitchUm.y).toBeCloseTo(80, 9);
    expect(lattice.rotationRad).toBeCloseTo(0, 9);
    expect(lattice.originUm.x).toBeCloseTo(1000, 6);
    expect(lattice.originUm.y).toBeCloseTo(500, 6);
  });

  it('takes row 0 for the highest stage y and column 0 for the lowest x', () => {
    const lattice = fitted([
      { x: 0, y: 0 },
      { x: 80, y: 0 },
      { x: 0, y: 80 },
    ]);
    expect(placeOnLattice(lattice, { x: 0, y: 80 })?.site).toEqual({ row: 0, column: 0 });
    expect(placeOnLattice(lattice, { x: 80, y: 0 })?.site).toEqual({ row: 1, column: 1 });
  });

  it('takes one tile for a 1 x 1 grid with the pitch of its field', () => {
    expect(fitLattice([{ x: 3.5, y: 31.5 }], { width: 10, height: 8 })).toEqual({
      rows: 1,
      columns: 1,
      pitchUm: { x: 10, y: 8 },
      rotationRad: 0,
      originUm: { x: 3.5, y: 31.5 },
    });
  });

  it('takes two diagonal tiles for the corners of a straight grid', () => {
    const lower = { x: 3.5, y: 31.5 };
    const upper = { x: 83.5, y: 61.5 };
    const lattice = fitted([lower, upper], { width: 10, height: 10 });
    expect(lattice).toEqual({
      rows: 2,
      columns: 2,
      pitchUm: { x: 80, y: 30 },
      rotationRad: 0,
      originUm: { x: 3.5, y: 61.5 },
    });
    expect(placeOnLattice(lattice, lower)?.site).toEqual({ row: 1, column: 0 });
    expect(placeOnLattice(lattice, upper)?.site).toEqual({ row: 0, column: 1 });
  });

  it('takes two tiles that share most of their height for one row', () => {
    const lattice = fitted([
      { x: 0, y: 0 },
      { x: 76, y: 3 },
    ]);
    expect(lattice).toMatchObject({ rows: 1, columns: 2, pitchUm: { x: 76 } });
  });

  it('finds a single row and a single column', () => {
    const row = gridOfTiles({ rows: 1, columns: 24, pitchUm: { x: 72, y: 72 }, turnedDegrees: 5 });
    const column = gridOfTiles({ rows: 7, columns: 1, pitchUm: { x: 72, y: 72 } });
    expect(fitted(row)).toMatchObject({ rows: 1, columns: 24 });
    expect(fitted(column)).toMatchObject({ rows: 7, columns: 1 });
  });

  it('measures the rotation of a turned grid', () => {
    for (const turnedDegrees of [-40, -3, 0.5, 12, 40]) {
      const lattice = fitted(gridOfTiles({ rows: 6, columns: 9, pitchUm: { x: 80, y: 50 }, turnedDegrees }));
      expect(lattice).toMatchObject({ rows: 6, columns: 9 });
      expect((lattice.rotationRad * 180) / Math.PI).toBeCloseTo(turnedDegrees, 6);
    }
  });

  it('keeps a straight grid straight while only a few scattered tiles of it are there', () => {
    // Sites (row, column) (0, 0), (1, 2) and (2, 1): the nearest two neighbours lie along a slanted line.
    const lattice = fitted(
      [
        { x: 0, y: 100 },
        { x: 160, y: 50 },
        { x: 80, y: 0 },
      ],
      { width: 80, height: 50 },
    );
    expect(lattice).toMatchObject({ rows: 3, columns: 3, pitchUm: { x: 80, y: 50 } });
    expect(lattice.rotationRad).toBeCloseTo(0, 6);
  });

  it('takes small deviations for jitter, not for a grid much finer than the gaps', () => {
    // Columns 80 um apart, the middle one 8 um off. A pitch of 8 um would fit 72, 88 and 160 um exactly.
    const row = [0, 88, 160].map((x) => ({ x, y: 0 }));
    expect(fitted(row, { width: 10, height: 10 })).toMatchObject({ rows: 1, columns: 3, pitchUm: { x: 80 } });
  });

  for (const overlap of [0.4, 0.5]) {
    it(`finds every site where tiles overlap by ${100 * overlap} % and the stage strays by a fiftieth of a tile`, () => {
      const pitchUm = { x: 80 * (1 - overlap), y: 50 * (1 - overlap) };
      const tiles = gridOfTiles({ rows: 7, columns: 7, pitchUm, jitter: 0.02, random: randomFrom(5) });
      const lattice = fitted(tiles, { width: 80, height: 50 });
      expect(lattice).toMatchObject({ rows: 7, columns: 7 });
      expect(misplaced(lattice, tiles)).toEqual([]);
    });
  }

  it('sees a gap where whole rows and columns inside the grid are missing', () => {
    const tiles = gridOfTiles({ rows: 8, columns: 9, pitchUm: { x: 80, y: 80 } }).filter(
      ({ row, column }) => row !== 3 && column !== 5 && column !== 6,
    );
    expect(misplaced(fitted(tiles), tiles)).toEqual([]);
  });

  it('counts a place that was imaged again, a micrometre off, once', () => {
    const tiles = gridOfTiles({ rows: 3, columns: 4, pitchUm: { x: 80, y: 80 } });
    const again = tiles.slice(0, 5).map((tile) => ({ ...tile, x: tile.x + 1, y: tile.y - 1 }));
    const lattice = fitted([...tiles, ...again]);
    expect(lattice).toMatchObject({ rows: 3, columns: 4 });
    expect(misplaced(lattice, [...tiles, ...again])).toEqual([]);
  });

  it('leaves an image taken elsewhere by hand off the lattice', () => {
    const tiles = gridOfTiles({ rows: 4, columns: 6, pitchUm: { x: 80, y: 80 } });
    const stray = { x: 1000 - 15.5 * 80, y: 500 + 2.5 * 80 };
    const lattice = fitted([stray, ...tiles]);
    expect(lattice).toMatchObject({ rows: 4, columns: 6 });
    expect(placeOnLattice(lattice, stray)).toBeNull();
  });

  it('finds no lattice in images strewn over the sample, nor in none', () => {
    const random = randomFrom(7);
    const strewn = Array.from({ length: 40 }, () => ({ x: 1500 * random(), y: 1500 * random() }));
    expect(fitLattice(strewn, field)).toBeNull();
    expect(fitLattice([], field)).toBeNull();
  });

  it('gives every tile its site whatever the size, gaps, turn, jitter, missing tiles and order', () => {
    const grids = fc.record({
      rows: fc.integer({ min: 4, max: 12 }),
      columns: fc.integer({ min: 4, max: 12 }),
      pitchUm: fc.record({
        x: fc.double({ min: 72, max: 240, noNaN: true }),
        y: fc.double({ min: 45, max: 150, noNaN: true }),
      }),
      turnedDegrees: fc.integer({ min: -40, max: 40 }),
      jitter: fc.double({ min: 0, max: 0.1, noNaN: true }),
      missing: fc.double({ min: 0, max: 0.2, noNaN: true }),
      seed: fc.integer({ min: 1, max: 2147483646 }),
    });
    fc.assert(
      fc.property(grids, ({ missing, seed, ...grid }) => {
        const random = randomFrom(seed);
        const tiles = gridOfTiles({ ...grid, random }).filter(() => random() >= missing);
        const lattice = fitted(shuffled(tiles, random), { width: 80, height: 50 });
        expect(misplaced(lattice, tiles)).toEqual([]);
      }),
      { seed: 20240607, numRuns: 150 },
    );
  });

  it('stays under 50 ms for 288 tiles', () => {
    const random = randomFrom(3);
    const tiles = gridOfTiles({ rows: 12, columns: 24, pitchUm: { x: 80, y: 80 }, jitter: 0.1, random });
    for (let warming = 0; warming < 10; warming += 1) fitLattice(tiles, field);
    const times = Array.from({ length: 9 }, () => {
      const startMs = performance.now();
      fitLattice(tiles, field);
      return performance.now() - startMs;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('placeOnLattice', () => {
  const lattice = fitted(gridOfTiles({ rows: 3, columns: 3, pitchUm: { x: 100, y: 100 } }));

  it('tells how far a tile stands from its site', () => {
    const placed = placeOnLattice(lattice, { x: 1103, y: 396 });
    expect(placed?.site).toEqual({ row: 1, column: 1 });
    // 3 um to the right of (1100, 400) and 4 um below it.
    expect(placed?.residualUm).toBeCloseTo(5, 6);
  });

  it('refuses a position outside the rows and columns, or between them', () => {
    expect(placeOnLattice(lattice, { x: 1300, y: 500 })).toBeNull();
    expect(placeOnLattice(lattice, { x: 1050, y: 500 })).toBeNull();
  });
});
