import { describe, expect, it } from 'vitest';
import { cellParts } from '../../../../../src/dashboard/browser/sample/picture/cell-parts.ts';
import { layoutOf } from '../../../../../src/dashboard/browser/sample/picture/places.ts';
import { tileAt } from './grid-of-tiles.ts';

describe('the pictures of a block of cells', () => {
  const tiles = [tileAt(0, 0), tileAt(2, 3, { turns: 1 }), tileAt(3, 2), tileAt(4, 4)];
  const layout = layoutOf({ rows: 5, columns: 5, tiles })!;
  const cell = { widthPx: 120, heightPx: 60 };

  it('lie each in its cell, those without a tile left out', () => {
    // The second block of 2 x 2 down and to the right holds rows and columns 2 and 3: two of its four cells have a tile.
    expect(cellParts(layout, { row: 1, column: 1, cells: 2, cell, widthPx: 240 })).toEqual([
      { address: '/api/v1/tiles/2,3/picture?widthPx=240', turns: 1, leftPx: 120, topPx: 0, ...cell },
      { address: '/api/v1/tiles/3,2/picture?widthPx=240', turns: 0, leftPx: 0, topPx: 60, ...cell },
    ]);
  });

  it('end with the grid, whose last block is not full', () => {
    const last = cellParts(layout, { row: 2, column: 2, cells: 2, cell, widthPx: 480 });
    expect(last.map(({ leftPx, topPx }) => [leftPx, topPx])).toEqual([[0, 0]]);
  });

  it('are one where a block is a cell, and none where that is empty', () => {
    expect(cellParts(layout, { row: 4, column: 4, cells: 1, cell, widthPx: 960 })).toHaveLength(1);
    expect(cellParts(layout, { row: 4, column: 3, cells: 1, cell, widthPx: 960 })).toEqual([]);
  });
});
