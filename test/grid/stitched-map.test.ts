import { describe, expect, it } from 'vitest';
import { isMapOf, type ScaledPlace } from '../../src/grid/stitched-map.ts';

/** Tiles of 80 um x 50 um side by side. */
const tiles = [0, 1, 2].flatMap((row) =>
  [0, 1, 2, 3].map((column) => image(80 * column, -50 * row, 80, 50, 40)),
);

function image(x: number, y: number, width: number, height: number, pixelSizeNm: number): ScaledPlace {
  return { stagePositionUm: { x, y }, fieldUm: { width, height }, pixelSizeNm };
}

describe('a map', () => {
  it('shows the centres of two tiles or more at their own scale', () => {
    expect(isMapOf(image(40, 0, 160, 50, 40), tiles)).toBe(true);
    expect(isMapOf(image(120, -50, 320, 150, 40.1), tiles)).toBe(true);
    // Of the first tile and a little around it only the first centre.
    expect(isMapOf(image(0, 0, 120, 75, 40), tiles)).toBe(false);
    expect(isMapOf(image(500, 0, 160, 50, 40), tiles)).toBe(false);
  });

  it('is no tile of the same size, however many overlap it', () => {
    const close = [0, 10, 20].map((x) => image(x, 0, 80, 50, 40));
    expect(isMapOf(close[1]!, close)).toBe(false);
  });

  it('that is coarser shows three quarters of the tiles, and four of them', () => {
    // All twelve; the left nine of them; the left six.
    expect(isMapOf(image(120, -50, 320, 150, 200), tiles)).toBe(true);
    expect(isMapOf(image(80, -50, 240, 150, 200), tiles)).toBe(true);
    expect(isMapOf(image(40, -50, 160, 150, 200), tiles)).toBe(false);
    expect(isMapOf(image(80, 0, 240, 50, 200), tiles.slice(0, 3))).toBe(false);
  });

  it('is never finer than what it shows', () => {
    expect(isMapOf(image(120, -50, 320, 150, 20), tiles)).toBe(false);
  });
});
