import { describe, expect, it } from 'vitest';
import { levelSize, pyramidPlan } from '../../../src/dashboard/pyramid/plan.ts';
import type { PlacedTile } from '../../../src/report/sample/placed-tiles.ts';

function tile(row: number, column: number, changes: Partial<PlacedTile> = {}): PlacedTile {
  return {
    ...{ row, column, path: '/a.tif', state: 'segmented', overlayPath: '/none', databarHeightPx: 0 },
    ...{ contentHash: `${row}-${column}`, turns: 0, sizePx: { width: 1920, height: 1200 } },
    pixelSizeUm: 0.05,
    ...changes,
  };
}

const grid = { rows: 12, columns: 24 };

describe('the plan of a pyramid', () => {
  it('shows a place at half its size, and halves until one picture has all', () => {
    const plan = pyramidPlan([tile(0, 0)], grid)!;
    expect(plan).toMatchObject({ pictureWidthPx: 960, pictureHeightPx: 600, levels: 6 });
    // 24 columns are halved to 12, 6, 3, 1.5 and 0.75 pictures.
    expect([5, 4, 3, 2, 1, 0].map((level) => levelSize(plan, level))).toEqual([
      { rows: 12, columns: 24, widthPx: 23_040, heightPx: 7200 },
      { rows: 6, columns: 12, widthPx: 11_520, heightPx: 3600 },
      { rows: 3, columns: 6, widthPx: 5760, heightPx: 1800 },
      { rows: 2, columns: 3, widthPx: 2880, heightPx: 900 },
      { rows: 1, columns: 2, widthPx: 1440, heightPx: 450 },
      { rows: 1, columns: 1, widthPx: 720, heightPx: 225 },
    ]);
  });

  it.each([
    [{ width: 1024, height: 768 }, [1024, 768]],
    [{ width: 1025, height: 768 }, [512, 384]],
    [{ width: 3072, height: 4096 }, [768, 1024]],
    [{ width: 33, height: 21 }, [34, 22]],
  ])('shows a place of %o in %o px, which halves', (sizePx, expected) => {
    const { pictureWidthPx, pictureHeightPx } = pyramidPlan([tile(0, 0, { sizePx })], grid)!;
    expect([pictureWidthPx, pictureHeightPx]).toEqual(expected);
  });

  it('has one level for a single tile, and none where no tile has a place', () => {
    expect(pyramidPlan([tile(0, 0)], { rows: 1, columns: 1 })?.levels).toBe(1);
    expect(pyramidPlan([], grid)).toBeNull();
  });

  it('has another key for other tiles, places, turns, states or grids, and the same in any order', () => {
    const keyOf = (tiles: PlacedTile[], of = grid) => pyramidPlan(tiles, of)!.key;
    const [a, b] = [tile(0, 0), tile(0, 1)];
    const key = keyOf([a, b]);
    expect(keyOf([b, a])).toBe(key);
    const others = [
      keyOf([a, tile(0, 1, { contentHash: 'other' })]),
      keyOf([a, { ...b, row: 1 }]),
      keyOf([a, tile(0, 1, { turns: 2 })]),
      keyOf([a, tile(0, 1, { state: 'left-out' })]),
      keyOf([a]),
      keyOf([a, b], { rows: 12, columns: 25 }),
    ];
    expect(new Set([key, ...others]).size).toBe(1 + others.length);
  });
});
