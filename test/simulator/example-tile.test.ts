import { expect, it } from 'vitest';
import { exampleTile } from '../../src/simulator/example-tile.ts';

it('shows 80 um of LiCoO2 by default, the same for the same seed', () => {
  const tile = exampleTile();
  expect([tile.widthPx, tile.heightPx, tile.fieldWidthUm]).toEqual([1920, 1200, 80]);
  expect(tile.pixelSizeUm).toBeCloseTo(80 / 1920, 12);
  expect(exampleTile('licoo2', 1)).toEqual(tile);
  expect(exampleTile('licoo2', 2).pixels).not.toEqual(tile.pixels);
});
