import { describe, expect, it } from 'vitest';
import { placeMask } from '../../../src/inference/masks/place-mask.ts';
import { detectionsOf } from '../detections-of.ts';

function areaPx(mask: ReturnType<typeof placeMask>): number {
  return mask ? mask.bits.reduce((sum, bit) => sum + bit, 0) : 0;
}

describe('placing a mask in the tile', () => {
  it('fills the box of a full mask, pixel for pixel', () => {
    const mask = placeMask(
      detectionsOf([{ box: [3, 4, 13, 9], objectness: 1, bin: 5 }]),
      0,
      { widthPx: 100, heightPx: 100, scaleX: 1, scaleY: 1 },
      0.5,
    );
    expect(mask).toMatchObject({ x: 3, y: 4, width: 10, height: 5 });
    expect(areaPx(mask)).toBe(50);
  });

  it('puts the edge between cells where the activation crosses the threshold', () => {
    // A ramp over the columns: activation (c + 0.5) / 28 at the cell's centre is x / 280 at x pixels.
    // It crosses 0.3 at x = 84, so the pixels with centres 84.5 to 279.5 are in: 196 of 280 columns.
    const ramp = detectionsOf([
      { box: [0, 0, 280, 28], objectness: 1, bin: 5, activation: (column) => (column + 0.5) / 28 },
    ]);
    const mask = placeMask(ramp, 0, { widthPx: 280, heightPx: 28, scaleX: 1, scaleY: 1 }, 0.3);
    expect(areaPx(mask)).toBe(196 * 28);
  });

  it.each([28, 56])('measures a disc in a mask of %i x %i cells within half a percent', (side) => {
    // A disc of radius 0.4 of the box, soft over one cell; box of 70 network pixels at half resolution is
    // 140 tile pixels, so the area is pi (0.4 * 140)^2 = 9852 tile pixels, however many cells there are.
    const centre = (side - 1) / 2;
    const disc = detectionsOf(
      [
        {
          box: [20, 20, 90, 90],
          objectness: 1,
          bin: 5,
          activation: (column, row) => 0.5 + 0.5 * (0.4 * side - Math.hypot(column - centre, row - centre)),
        },
      ],
      side,
    );
    const mask = placeMask(disc, 0, { widthPx: 300, heightPx: 300, scaleX: 0.5, scaleY: 0.5 }, 0.5);
    expect(areaPx(mask) / (Math.PI * 56 ** 2)).toBeGreaterThan(0.995);
    expect(areaPx(mask) / (Math.PI * 56 ** 2)).toBeLessThan(1.005);
  });

  it('cuts at the tile, and gives nothing for a box outside it', () => {
    const tile = { widthPx: 50, heightPx: 50, scaleX: 1, scaleY: 1 };
    const regions = detectionsOf([
      { box: [40, -10, 60, 10], objectness: 1, bin: 5 },
      { box: [60, 60, 70, 70], objectness: 1, bin: 5 },
    ]);
    expect(placeMask(regions, 0, tile, 0.5)).toMatchObject({ x: 40, y: 0, width: 10, height: 10 });
    expect(placeMask(regions, 1, tile, 0.5)).toBeNull();
  });

  it('reads full-size masks the same way', () => {
    // The paper's models give masks as large as the input: here 20 x 10 with columns 5 to 9 active.
    const full = {
      ...detectionsOf([{ box: [4, 0, 12, 10], objectness: 1, bin: 5 }]),
      masks: Float32Array.from({ length: 200 }, (_, i) => (i % 20 >= 5 && i % 20 <= 9 ? 1 : 0)),
      maskWidth: 20,
      maskHeight: 10,
      maskSpan: 'full-masks' as const,
    };
    const mask = placeMask(full, 0, { widthPx: 40, heightPx: 20, scaleX: 0.5, scaleY: 0.5 }, 0.5);
    expect(areaPx(mask)).toBe(10 * 20);
  });
});
