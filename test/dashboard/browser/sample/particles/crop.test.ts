import { describe, expect, it } from 'vitest';
import { cropSquare, pictureWidthFor } from '../../../../../src/dashboard/browser/sample/particles/crop.ts';

const tile = { widthPx: 1_920, heightPx: 1_200 };

describe('the crop of a particle', () => {
  it('is its longer side with half of that around it, in the middle', () => {
    // 60 px and 30 on each side: 120, around (530, 315).
    expect(cropSquare([500, 300, 60, 30], tile)).toEqual({ leftPx: 470, topPx: 255, sidePx: 120 });
  });

  it('stays within the tile', () => {
    expect(cropSquare([0, 1_190, 60, 10], tile)).toEqual({ leftPx: 0, topPx: 1_080, sidePx: 120 });
  });

  it('is no larger than the tile', () => {
    expect(cropSquare([0, 0, 1_900, 1_100], tile).sidePx).toBe(1_200);
  });

  it('asks for no sharper picture than it shows', () => {
    // A crop of 480 of 1920 px over 120 px on the screen needs a quarter of them.
    expect(pictureWidthFor({ leftPx: 0, topPx: 0, sidePx: 480 }, tile, 120)).toBe(480);
    expect(pictureWidthFor({ leftPx: 0, topPx: 0, sidePx: 48 }, tile, 288)).toBe(1_920);
  });
});
