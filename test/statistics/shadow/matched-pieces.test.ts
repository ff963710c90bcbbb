import { describe, expect, it } from 'vitest';
import { matchedPieces, type PlacedPiece } from '../../../src/statistics/shadow/matched-pieces.ts';

function box(x: number, y: number, width: number, height = width): PlacedPiece {
  return { boxPx: [x, y, width, height], outlinePx: null };
}

function outlined(x: number, y: number, corners: readonly number[], size = 10): PlacedPiece {
  return { boxPx: [x, y, size, size], outlinePx: [corners] };
}

describe('pieces that two models found in one tile', () => {
  it('are the same where their boxes lie over each other by half', () => {
    // 8 of 12 px of width shared: 2/3; 6 of 14: 3/7, which is less than half.
    const found = matchedPieces([box(0, 0, 10), box(100, 0, 10)], [box(2, 0, 10), box(104, 0, 10)]);
    expect(found.pairs).toEqual([{ serving: 0, shadow: 0, iou: 80 / 120 }]);
    expect(found).toMatchObject({ onlyServing: [1], onlyShadow: [1], by: 'boxes' });
  });

  it('are paired once, those that agree best first', () => {
    const found = matchedPieces([box(0, 0, 10), box(1, 0, 10)], [box(1, 0, 10)]);
    expect(found).toMatchObject({
      pairs: [{ serving: 1, shadow: 0, iou: 1 }],
      onlyServing: [0],
      onlyShadow: [],
    });
  });

  it('are compared by their outlines where all have one', () => {
    // Two triangles that share a box and but a quarter of it: the diagonals cross in the middle.
    const lowerLeft = outlined(0, 0, [0, 0, 10, 10, 0, 10]);
    const lowerRight = outlined(0, 0, [10, 0, 10, 10, 0, 10]);
    const byOutlines = matchedPieces([lowerLeft], [lowerRight]);
    expect(byOutlines).toMatchObject({ by: 'outlines', pairs: [], onlyServing: [0], onlyShadow: [0] });
    expect(matchedPieces([lowerLeft], [lowerLeft])).toMatchObject({ by: 'outlines', pairs: [{ iou: 1 }] });
    const byBoxes = matchedPieces([lowerLeft], [{ ...lowerRight, outlinePx: null }]);
    expect(byBoxes).toMatchObject({ by: 'boxes', pairs: [{ iou: 1 }] });
  });

  it('are all alone where the other model found none', () => {
    expect(matchedPieces([box(0, 0, 10)], [])).toMatchObject({ pairs: [], onlyServing: [0], onlyShadow: [] });
  });
});
