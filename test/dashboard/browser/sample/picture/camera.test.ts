import { describe, expect, it } from 'vitest';
import {
  cameraOf,
  moveBetween,
  stillCovers,
  viewOfBox,
  wholeGrid,
} from '../../../../../src/dashboard/browser/sample/picture/camera.ts';
import { layoutOf } from '../../../../../src/dashboard/browser/sample/picture/places.ts';
import { tileAt } from './grid-of-tiles.ts';

const grid = { widthPx: 4_000, heightPx: 1_000 };
const window = { widthPx: 800, heightPx: 600 };

describe('the camera', () => {
  it('sees the whole grid as wide as the window where it is flat', () => {
    expect(cameraOf(wholeGrid(grid, window), grid, window)).toEqual({ scale: 0.2, leftPx: 0, topPx: 200 });
  });

  it('sees the whole grid as high as the window where it is tall', () => {
    const tall = { widthPx: 1_000, heightPx: 4_000 };
    const { scale, topPx } = cameraOf(wholeGrid(tall, window), tall, window);
    expect(scale).toBeCloseTo(600 / 4_000, 12);
    expect(topPx).toBeCloseTo(0, 9);
  });

  it('brings a piece into the middle at a size that can be looked at', () => {
    const layout = layoutOf({ rows: 1, columns: 2, tiles: [tileAt(0, 0), tileAt(0, 1)] })!;
    const view = viewOfBox(layout.at(0, 1)!, [90, 40, 20, 10], layout, window);
    const { scale, leftPx, topPx } = cameraOf(view, layout, window);
    // Its middle is (200 + 100, 45) of the grid; its 20 px become a fifth of the window's 600.
    expect([300 * scale + leftPx, 45 * scale + topPx]).toEqual([400, 300]);
    expect(20 * scale).toBeCloseTo(120, 9);
  });
});

describe('a sheet that was drawn before', () => {
  const drawn = { scale: 2, leftPx: 100, topPx: 50 };

  it('is moved so that each point stays where it belongs', () => {
    const now = { scale: 3, leftPx: -40, topPx: 10 };
    const { x, y, k } = moveBetween(drawn, now);
    // The grid's point (7, 9) on both screens.
    const before = [7 * 2 + 100, 9 * 2 + 50] as const;
    expect([k * before[0] + x, k * before[1] + y]).toEqual([7 * 3 - 40, 9 * 3 + 10]);
  });

  it('covers the window until it has moved by its margin', () => {
    const at = (leftPx: number) => moveBetween(drawn, { ...drawn, leftPx });
    expect(stillCovers(at(100 + 150), window, 150)).toBe(true);
    expect(stillCovers(at(100 + 151), window, 150)).toBe(false);
    expect(stillCovers(at(100 - 151), window, 150)).toBe(false);
  });

  it('is drawn anew before it is stretched to a blur', () => {
    expect(stillCovers({ x: 0, y: 0, k: 1.8 }, window, 1_000)).toBe(false);
    expect(stillCovers({ x: 0, y: 0, k: 0.5 }, window, 10_000)).toBe(false);
  });
});
