import { describe, expect, it } from 'vitest';
import { inTile, layoutOf, onGrid } from '../../../../../src/dashboard/browser/sample/picture/places.ts';
import { tileAt } from './grid-of-tiles.ts';

describe('the layout of the grid', () => {
  it('lays cell beside cell by row and column', () => {
    const layout = layoutOf({ rows: 2, columns: 3, tiles: [tileAt(0, 0), tileAt(1, 2)] })!;
    expect([layout.widthPx, layout.heightPx]).toEqual([600, 200]);
    // The tile of row 1, column 2 begins two tiles to the right and one down.
    expect(onGrid(layout.at(1, 2)!.matrix, 0, 0)).toEqual([400, 100]);
    expect(onGrid(layout.at(1, 2)!.matrix, 10, 20)).toEqual([410, 120]);
    expect(layout.at(0, 1)).toBeUndefined();
  });

  it.each([
    // The picture's upper left corner, turned clockwise by quarters in a cell of 100 x 200.
    [1, [100, 0]],
    [2, [200, 100]],
    [3, [0, 200]],
  ])('turns the picture clockwise by %i quarters', (turns, corner) => {
    const layout = layoutOf({ rows: 1, columns: 1, tiles: [tileAt(0, 0, { turns })] })!;
    const { matrix } = layout.at(0, 0)!;
    expect(onGrid(matrix, 0, 0)).toEqual(corner);
    expect([layout.widthPx, layout.heightPx]).toEqual(turns === 2 ? [200, 100] : [100, 200]);
    // Its middle stays in the middle of the cell.
    expect(onGrid(matrix, 100, 50)).toEqual([layout.widthPx / 2, layout.heightPx / 2]);
  });

  it.each([0, 1, 2, 3])('finds the way back into a tile turned by %i quarters', (turns) => {
    const tiles = [tileAt(0, 0, { turns }), tileAt(1, 1, { turns })];
    const { matrix } = layoutOf({ rows: 2, columns: 2, tiles })!.at(1, 1)!;
    const [x, y] = inTile(matrix, ...onGrid(matrix, 31, 17));
    expect(x).toBeCloseTo(31, 9);
    expect(y).toBeCloseTo(17, 9);
  });

  it('fills the cell with a tile of another number of pixels', () => {
    const small = tileAt(0, 1, { widthPx: 100, heightPx: 50 });
    const layout = layoutOf({ rows: 1, columns: 2, tiles: [tileAt(0, 0), small] })!;
    expect(onGrid(layout.at(0, 1)!.matrix, 100, 50)).toEqual([400, 100]);
  });

  it('shows of two tiles at one place the one that counts, and says which has none', () => {
    const failed = tileAt(0, 0, { contentHash: 'failed', state: 'failed' });
    const good = tileAt(0, 0, { contentHash: 'good' });
    const lost = tileAt(null, null, { contentHash: 'lost' });
    const layout = layoutOf({ rows: 1, columns: 1, tiles: [failed, lost, good] })!;
    expect(layout.at(0, 0)!.tile.contentHash).toBe('good');
    expect(layout.unplaced.map(({ contentHash }) => contentHash).sort()).toEqual(['failed', 'lost']);
  });

  it('is none where no tile has a place', () => {
    expect(layoutOf({ rows: 0, columns: 0, tiles: [tileAt(null, null)] })).toBeNull();
  });
});
