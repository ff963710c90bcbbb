import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../src/watcher/image/grey-image.ts';
import { areInverse } from '../../../src/watcher/image/inverse.ts';

/** Discs of 30 px on a grid, 200 on 60, the whole brighter to the right. */
function picture(change: (grey: number, index: number) => number = (grey) => grey): GreyImage {
  const [widthPx, heightPx] = [320, 200];
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    const isDisc = Math.hypot((x % 50) - 25, (y % 60) - 30) < 15;
    return change((isDisc ? 200 : 60) + Math.floor(x / 10), i);
  });
  return { widthPx, heightPx, pixels };
}

describe('an image and its inverse', () => {
  it('are known at any contrast, with noise and where greys were cut off', () => {
    const turned = [
      picture((grey) => 255 - grey),
      picture((grey) => 180 - Math.round(grey / 2)),
      picture((grey, i) => 255 - grey + ((i * 37) % 21) - 10),
      picture((grey) => Math.min(180, 255 - grey)),
    ];
    for (const image of turned) expect(areInverse(picture(), image)).toBe(true);
  });

  it('are not the same image, another place, another size or one without contrast', () => {
    expect(areInverse(picture(), picture())).toBe(false);
    expect(
      areInverse(
        picture(),
        picture((grey) => Math.round(grey / 2)),
      ),
    ).toBe(false);
    const { pixels } = picture((grey) => 255 - grey);
    const elsewhere = { ...picture(), pixels: pixels.map((_, i) => pixels[(i + 25) % pixels.length]!) };
    expect(areInverse(picture(), elsewhere)).toBe(false);
    expect(areInverse(picture(), { widthPx: 200, heightPx: 320, pixels })).toBe(false);
    expect(
      areInverse(
        picture(),
        picture(() => 7),
      ),
    ).toBe(false);
  });
});
