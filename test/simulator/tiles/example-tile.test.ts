import { expect, it } from 'vitest';
import { exampleTile } from '../../../src/simulator/tiles/example-tile.ts';

it('shows 80 um of LiCoO2 by default, the same for the same seed', () => {
  const tile = exampleTile();
  expect([tile.widthPx, tile.heightPx, tile.fieldWidthUm]).toEqual([1920, 1200, 80]);
  expect(tile.pixelSizeUm).toBeCloseTo(80 / 1920, 12);
  // Compared as bytes: an assertion on two million numbers takes seconds.
  expect(Buffer.compare(exampleTile('licoo2', 1).pixels, tile.pixels)).toBe(0);
  expect(Buffer.compare(exampleTile('licoo2', 2).pixels, tile.pixels)).not.toBe(0);
});
