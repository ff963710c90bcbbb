import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borderWeight, joinedWindow, wholeWindow } from '../../src/grid/sampling-window.ts';
import type { PlacedField } from '../../src/grid/tile-overlap.ts';
import { fieldsOf } from './fields.ts';

const touching = { rows: 3, columns: 4, width: 80, height: 50, overlapX: 0, overlapY: 0 };

describe('the window of particles that a tile shows whole', () => {
  it('is n (W - a)(H - b) where tiles do not overlap', () => {
    expect(wholeWindow(fieldsOf(touching))(10, 5)).toBe(12 * 70 * 45);
    expect(wholeWindow(fieldsOf({ ...touching, overlapX: -20, overlapY: -9 }))(10, 5)).toBe(12 * 70 * 45);
  });

  it('counts positions that two overlapping tiles show once', () => {
    const row = { ...touching, rows: 1, columns: 2, overlapX: 30 };
    // Two eroded fields of 70 x 45 share 20 x 45; a particle 30 wide fits in the overlap at one place only.
    expect(wholeWindow(fieldsOf(row))(10, 5)).toBe(2 * 70 * 45 - 20 * 45);
    expect(wholeWindow(fieldsOf(row))(30, 5)).toBe(2 * 50 * 45);
  });

  it('is empty for a particle that fits in no field', () => {
    expect(wholeWindow(fieldsOf(touching))(81, 5)).toBe(0);
  });
});

describe('the window of particles that the tiles show together', () => {
  it('is that of one large field where the grid is full', () => {
    expect(joinedWindow(fieldsOf(touching))(10, 5)).toBe((320 - 10) * (150 - 5));
    // Overlaps of 8 and 4 um leave 4 x 80 - 3 x 8 = 296 by 3 x 50 - 2 x 4 = 142 um.
    expect(joinedWindow(fieldsOf({ ...touching, overlapX: 8, overlapY: 4 }))(10, 5)).toBe(286 * 137);
    expect(joinedWindow(fieldsOf({ ...touching, overlapX: 8, overlapY: 4 }))(6, 3)).toBe(290 * 139);
  });

  it('is that of tiles that stand apart where they do not touch', () => {
    const apart = fieldsOf({ ...touching, overlapX: -10, overlapY: -10 });
    expect(joinedWindow(apart)(10, 5)).toBe(wholeWindow(apart)(10, 5));
  });

  it('leaves out what a missing tile would have shown', () => {
    // The tile lacked is an inner one: boxes that reach it begin up to a to its left and b below it.
    const inner = joinedWindow(fieldsOf(touching, (index) => index !== 5));
    expect(inner(10, 5)).toBe((320 - 10) * (150 - 5) - (80 + 10) * (50 + 5));
  });
});

describe('against counting every position', () => {
  const grid = fc.record({
    rows: fc.integer({ min: 1, max: 3 }),
    columns: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 8, max: 12 }),
    height: fc.integer({ min: 6, max: 9 }),
  });
  const box = [fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 4 })] as const;

  it('both are exact with tiles that touch or stand apart, any of them missing', () => {
    const gap = fc.constantFrom(0, 1, 2);
    fc.assert(
      fc.property(grid, gap, gap, fc.nat(511), ...box, (size, gapX, gapY, missing, a, b) => {
        const tiles = fieldsOf(
          { ...size, overlapX: -gapX, overlapY: -gapY },
          (index) => ((missing >> index) & 1) === 0,
        );
        expect(wholeWindow(tiles)(a, b)).toBe(counted(tiles, a, b, 'in one tile'));
        expect(joinedWindow(tiles)(a, b)).toBe(counted(tiles, a, b, 'in all together'));
      }),
      { numRuns: 60 },
    );
  });

  it('both are exact with tiles that overlap by less than half, one of them missing', () => {
    // Fields are at least 8 x 6.
    const [overlapsX, overlapsY] = [fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })];
    fc.assert(
      fc.property(
        grid,
        overlapsX,
        overlapsY,
        fc.nat(9),
        ...box,
        (size, overlapX, overlapY, missing, a, b) => {
          const tiles = fieldsOf({ ...size, overlapX, overlapY }, (index) => index !== missing);
          expect(wholeWindow(tiles)(a, b)).toBe(counted(tiles, a, b, 'in one tile'));
          expect(joinedWindow(tiles)(a, b)).toBe(counted(tiles, a, b, 'in all together'));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('both are exact with a full grid of tiles that overlap by more than half', () => {
    const deep = fc.integer({ min: 3, max: 6 });
    fc.assert(
      fc.property(grid, deep, ...box, (size, overlap, a, b) => {
        const tiles = fieldsOf({ ...size, overlapX: overlap + 1, overlapY: overlap - 1 });
        expect(wholeWindow(tiles)(a, b)).toBe(counted(tiles, a, b, 'in one tile'));
        expect(joinedWindow(tiles)(a, b)).toBe(counted(tiles, a, b, 'in all together'));
      }),
      { numRuns: 60 },
    );
  });

  it('both are near with tiles that stray from the lattice', () => {
    // Steps of 1 in fields of 24 x 16 that overlap by 5 and 4: two tiles stray by up to 2 from each other, so each of
    // the 4 corners is off by at most 2 x (5 + 4), together 2 % of 9 x 24 x 16 = 3456.
    const stray = fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 18, maxLength: 18 });
    const lattice = { rows: 3, columns: 3, width: 24, height: 16, overlapX: 5, overlapY: 4 };
    fc.assert(
      fc.property(stray, ...box, (steps, a, b) => {
        const tiles = fieldsOf(lattice).map(({ stagePositionUm: { x, y }, fieldUm }, index) => ({
          stagePositionUm: { x: x + steps[2 * index]!, y: y + steps[2 * index + 1]! },
          fieldUm,
        }));
        expect(Math.abs(wholeWindow(tiles)(a, b) - counted(tiles, a, b, 'in one tile'))).toBeLessThanOrEqual(
          72,
        );
        expect(
          Math.abs(joinedWindow(tiles)(a, b) - counted(tiles, a, b, 'in all together')),
        ).toBeLessThanOrEqual(72);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the weight', () => {
  const weight = borderWeight(wholeWindow(fieldsOf(touching)));

  it('is 1 for a point and the inverse of the chance for a particle', () => {
    expect(weight(0, 0)).toBe(1);
    expect(weight(40, 25)).toBe(4);
  });

  it('is 10 for a particle nearly as large as the field', () => {
    expect(weight(79, 49)).toBe(10);
    expect(weight(500, 500)).toBe(10);
  });
});

/**
 * The area of a box's positions, all coordinates whole: cells of 1 x 1 for the box's lower left corner from which
 * wherever it lies in the cell, the box is shown.
 */
function counted(
  tiles: readonly PlacedField[],
  a: number,
  b: number,
  how: 'in one tile' | 'in all together',
) {
  const edges = tiles.map(({ stagePositionUm: { x, y }, fieldUm: { width, height } }) => ({
    left: x - width / 2,
    right: x + width / 2,
    bottom: y - height / 2,
    top: y + height / 2,
  }));
  const isShown = (left: number, bottom: number, right: number, top: number) =>
    edges.some(
      (tile) => left >= tile.left && right <= tile.right && bottom >= tile.bottom && top <= tile.top,
    );
  const isCovered = (left: number, bottom: number, right: number, top: number) => {
    for (let x = left; x < right; x++) {
      for (let y = bottom; y < top; y++) if (!isShown(x, y, x + 1, y + 1)) return false;
    }
    return true;
  };
  const shown = how === 'in one tile' ? isShown : isCovered;
  let cells = 0;
  for (let x = -2; x < 80; x++) {
    for (let y = -60; y < 2; y++) if (shown(x, y, x + 1 + a, y + 1 + b)) cells++;
  }
  return cells;
}
