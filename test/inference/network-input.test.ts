import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkInput } from '../../src/inference/network-input.ts';

const input = (longestSidePx: number) => ({
  name: 'image',
  longestSidePx,
  sideMultiplePx: 32,
  valueRange: [0, 1] as [0, 1],
});

function grey(widthPx: number, heightPx: number, at: (x: number, y: number) => number) {
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) =>
    at(i % widthPx, Math.floor(i / widthPx)),
  );
  return { widthPx, heightPx, pixels };
}

describe('the input of a network', () => {
  it('halves a tile by the mean of each 2 x 2 pixels', () => {
    // Rows alternate 0, 100; columns add 0, 50: each block holds 0, 50, 100, 150, mean 75.
    const halved = networkInput(
      grey(128, 64, (x, y) => (y % 2) * 100 + (x % 2) * 50),
      input(64),
      'bright',
    );
    expect([halved.widthPx, halved.heightPx, halved.scaleX, halved.scaleY]).toEqual([64, 32, 0.5, 0.5]);
    for (const value of halved.values) expect(value).toBeCloseTo(75 / 255, 5);
  });

  it('repeats the last row and column up to a multiple of 32', () => {
    // 60 x 20 at its own size becomes 64 x 32.
    const padded = networkInput(
      grey(60, 20, (x) => x),
      input(60 + 4),
      'bright',
    );
    expect([padded.widthPx, padded.heightPx]).toEqual([64, 32]);
    const small = networkInput(
      grey(64, 20, (x) => x),
      input(64),
      'bright',
    );
    expect(small.heightPx).toBe(32);
    expect(small.values[31 * 64 + 7]).toBeCloseTo(7 / 255, 6);
  });

  it('fits a tile into the one size that a network takes', () => {
    // 128 x 64 into 96 x 80: the width limits, by 0.75; its 48 rows are followed by repetitions of the last.
    const fitted = networkInput(
      grey(128, 64, (_, y) => y),
      { ...input(96), fixedPx: { width: 96, height: 80 } },
      'bright',
    );
    expect([fitted.widthPx, fitted.heightPx, fitted.scaleX, fitted.scaleY]).toEqual([96, 80, 0.75, 0.75]);
    expect(fitted.values[79 * 96]).toBe(fitted.values[47 * 96]);
    expect(fitted.values[46 * 96]).toBeLessThan(fitted.values[47 * 96]!);
  });

  it('turns dark particles bright', () => {
    const turned = networkInput(
      grey(64, 32, () => 55),
      input(64),
      'dark',
    );
    for (const value of turned.values) expect(value).toBeCloseTo(200 / 255, 5);
  });

  it('keeps a flat image flat at every size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 64, max: 130 }),
        fc.integer({ min: 0, max: 255 }),
        (width, height, side, value) => {
          for (const v of networkInput(
            grey(width, height, () => value),
            input(side),
            'bright',
          ).values) {
            expect(v).toBeCloseTo(value / 255, 4);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('keeps a linear ramp in its place when enlarging', () => {
    const enlarged = networkInput(
      grey(32, 32, (x) => x * 4),
      input(64),
      'bright',
    );
    // Target pixel 20 has its centre at 20.5 / 2 = 10.25 source pixels, 9.75 pixel indices: 39 grey.
    expect(enlarged.values[20]).toBeCloseTo(39 / 255, 5);
  });
});
