import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinedParticles } from '../../src/grid/joined-particles.ts';
import { fieldsOf } from './fields.ts';
import { boxAt, discAt, pictured, pixelsOf, type Shape } from './pictured-tiles.ts';

// Four tiles of 40 x 40 um around the corner at (40, -40), y upwards.
const touching = { rows: 2, columns: 2, width: 40, height: 40, overlapX: 0, overlapY: 0 };
const fourTiles = fieldsOf(touching);

/** With how many pieces each has. */
function joinedOf(shapes: readonly Shape[], tiles = fourTiles) {
  return joinedParticles(pictured(tiles, shapes)).map(({ pieces, ...rest }) => ({
    ...rest,
    pieces: pieces.length,
  }));
}

describe('where tiles touch', () => {
  it('leaves a particle that one tile shows whole as it is', () => {
    expect(joinedOf([boxAt(10, -20, 6, 4)])).toEqual([
      { areaUm2: 24, boxWidthUm: 6, boxHeightUm: 4, certain: true, tile: 0, cut: false, pieces: 1 },
    ]);
  });

  it('joins two pieces across a seam, for the tile with the larger one', () => {
    // 3 of 10 um to the left of the seam at x = 40.
    expect(joinedOf([boxAt(37, -20, 10, 4)])).toEqual([
      { areaUm2: 40, boxWidthUm: 10, boxHeightUm: 4, certain: true, tile: 1, cut: false, pieces: 2 },
    ]);
  });

  it('joins four pieces around a corner', () => {
    expect(joinedOf([boxAt(37, -46, 10, 8)])).toEqual([
      { areaUm2: 80, boxWidthUm: 10, boxHeightUm: 8, certain: true, tile: 3, cut: false, pieces: 4 },
    ]);
  });

  it('joins a disc to its whole area wherever the tiles cut it', () => {
    // A border column that only grazes a disc of radius r has a chord of at most 2 sqrt(2 r - 1), at 1 um a pixel one
    // more; from 10 um on that is less than r, short enough for the disc to end there.
    fc.assert(
      fc.property(
        fc.double({ min: 13, max: 67, noNaN: true }),
        fc.double({ min: -67, max: -13, noNaN: true }),
        fc.double({ min: 10, max: 12, noNaN: true }),
        (x, y, radius) => {
          const disc = discAt(x, y, radius);
          const [one, ...others] = joinedOf([disc]);
          expect(others).toEqual([]);
          expect(one).toMatchObject({ areaUm2: pixelsOf(disc), cut: false });
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    ['as uncertain', 1, false],
    ['as certain, whatever is thought of a smaller one,', 0, true],
  ] as const)('judges it %s where its largest piece is', (_, doubted, certain) => {
    const tiles = pictured(fourTiles, [boxAt(37, -20, 10, 4)]);
    tiles[doubted]!.certain[0] = 0;
    expect(joinedParticles(tiles)).toMatchObject([
      {
        certain,
        // The first and only particle of each tile; 7 of 10 um lie in the second.
        pieces: [
          { tile: 1, index: 0 },
          { tile: 0, index: 0 },
        ],
      },
    ]);
  });

  it('counts as cut what leaves the grid, reaches a missing tile or is overlooked beyond a seam', () => {
    expect(joinedOf([boxAt(-2, -20, 10, 4)])).toMatchObject([{ areaUm2: 32, cut: true, pieces: 1 }]);
    const withoutLast = fourTiles.slice(0, 3);
    expect(joinedOf([boxAt(37, -46, 10, 8)], withoutLast)).toMatchObject([{ cut: true, pieces: 3 }]);
    const [left, right, ...lower] = pictured(fourTiles, [boxAt(37, -20, 10, 4)]);
    const nothing = pictured(fourTiles, [])[1]!;
    expect(joinedParticles([left!, nothing, ...lower])).toMatchObject([{ areaUm2: 12, cut: true }]);
    expect(joinedParticles([right!])).toMatchObject([{ areaUm2: 28, cut: true }]);
  });

  it('counts as cut what touches the border nobody knows where', () => {
    const tiles = pictured(fourTiles, [boxAt(37, -20, 10, 4)]).map((tile) => ({
      ...tile,
      cuts: tile.cuts.map(() => []),
    }));
    expect(joinedParticles(tiles)).toMatchObject([{ cut: true }, { cut: true }]);
  });

  it('joins each chord once: a second particle along a large one stays by itself', () => {
    // The left tile shows a chord of 10 um, the right one the same, split into 7 and 3 um by a line between.
    const left = boxAt(30, -20, 10, 10);
    const [large, small] = [boxAt(40, -20, 9, 7), boxAt(40, -13, 5, 3)];
    const found = joinedOf([left, large, small]);
    expect(found.map(({ areaUm2, cut }) => [areaUm2, cut])).toEqual([
      [163, false],
      [15, true],
    ]);
  });

  it('keeps two particles apart whose chords hardly cover each other', () => {
    // 2 of 5 um in common.
    const found = joinedOf([boxAt(30, -20, 10, 5), boxAt(40, -17, 10, 5)]);
    expect(found.map(({ pieces }) => pieces)).toEqual([1, 1]);
  });
});

it('ends a particle at a short chord that nothing goes on from, but not at the outer border', () => {
  // A disc of 314 um2, D = 20 um, of which the border shows all but a grazing column.
  const grazing = (x: number) => joinedOf([discAt(x, -20, 10)]);
  expect(grazing(30.2)).toMatchObject([{ pieces: 1, cut: false }]);
  expect(grazing(70.2)).toMatchObject([{ pieces: 1, cut: true }]);
});

describe('where tiles overlap', () => {
  const overlapping = fieldsOf({ ...touching, overlapX: 4, overlapY: 4 });

  it('counts what both show once', () => {
    // Seam from x = 36 to 40; both tiles show 4 x 6 um of a box from 30 to 50.
    expect(joinedOf([boxAt(30, -20, 20, 6)], overlapping)).toMatchObject([
      { areaUm2: 120, boxWidthUm: 20, boxHeightUm: 6, cut: false, pieces: 2 },
    ]);
  });

  it('counts what all four show around a corner once', () => {
    expect(joinedOf([boxAt(30, -50, 20, 24)], overlapping)).toMatchObject([
      { areaUm2: 480, boxWidthUm: 20, boxHeightUm: 24, cut: false, pieces: 4 },
    ]);
  });

  it('takes a particle that one tile shows whole from there and drops the pieces', () => {
    expect(joinedOf([boxAt(35, -20, 8, 6)], overlapping)).toMatchObject([
      { areaUm2: 48, tile: 1, pieces: 2 },
    ]);
    expect(joinedOf([boxAt(37, -20, 8, 6)], overlapping)).toMatchObject([
      { areaUm2: 48, tile: 1, cut: false, pieces: 1 },
    ]);
  });

  it('joins a disc to its area within a few hundredths, wherever the tiles cut it', () => {
    // What is shared is a strip of 4 um, guessed between its trapezoid and its rectangle; at a corner, of 16 um2.
    // The smallest disc has 452 um2.
    fc.assert(
      fc.property(
        fc.double({ min: 14, max: 62, noNaN: true }),
        fc.double({ min: -62, max: -14, noNaN: true }),
        fc.double({ min: 12, max: 13, noNaN: true }),
        (x, y, radius) => {
          const disc = discAt(x, y, radius);
          const [one, ...others] = joinedOf([disc], overlapping).toSorted((a, b) => b.areaUm2 - a.areaUm2);
          // Slivers that a corner leaves by themselves are cut, so no one counts them.
          expect(others.every(({ cut }) => cut)).toBe(true);
          expect(Math.abs(one!.areaUm2 / pixelsOf(disc) - 1)).toBeLessThan(0.04);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('takes off the error of the stage that common particles tell', () => {
    // The right tile is reported 2 um too far right and 3 um too high: the box's chords seem to share 1 of 4 um and
    // the tiles 8 um instead of 10.
    const wide = fieldsOf({ ...touching, rows: 1, overlapX: 10 });
    const common = [-5, -12, -34].map((y, index) => discAt(35, y, 2 + 0.5 * index));
    const tiles = pictured(wide, [boxAt(20, -25, 30, 4), ...common], (tile) => ({
      x: 2 * tile,
      y: 3 * tile,
    }));
    const boxes = joinedParticles(tiles).filter(({ boxWidthUm }) => boxWidthUm > 10);
    expect(boxes).toMatchObject([{ areaUm2: 120, cut: false }]);
    expect(boxes[0]?.pieces).toHaveLength(2);
  });
});
