import { expect, it } from 'vitest';
import type { TileEntry } from '../../../../src/dashboard/api/run.ts';
import { tilesInOrder } from '../../../../src/dashboard/browser/correct/tile-steps.ts';

const tile = (
  name: string,
  row: number | null,
  column: number | null,
  more: Partial<TileEntry> = {},
): TileEntry => ({
  ...{ contentHash: name, name, row, column, state: 'segmented', reason: null, reimage: false },
  ...{ widthPx: 1920, heightPx: 1200, pixelSizeUm: 0.05, turns: 0, stageUm: null },
  ...{ particles: 1, uncertain: 0, model: 'nano', ...more },
});

it('goes row by row through the tiles that were segmented, then through those without a place', () => {
  const tiles = [
    tile('no place', null, null),
    tile('second row', 1, 0),
    tile('failed', 0, 2, { state: 'failed' }),
    tile('right', 0, 10),
    tile('left', 0, 9),
  ];
  expect(tilesInOrder(tiles).map(({ name }) => name)).toEqual(['left', 'right', 'second row', 'no place']);
});
