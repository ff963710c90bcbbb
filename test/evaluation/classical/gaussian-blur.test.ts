import { describe, expect, it } from 'vitest';
import { gaussianBlur } from '../../../src/evaluation/classical/gaussian-blur.ts';

describe('gaussianBlur', () => {
  it('leaves a flat image as it is, up to its border', () => {
    const flat = { widthPx: 5, heightPx: 4, pixels: new Uint8Array(20).fill(90) };
    for (const value of gaussianBlur(flat, 2)) expect(value).toBeCloseTo(90, 4);
  });

  it('spreads one bright pixel by the bell curve and keeps the sum', () => {
    const point = { widthPx: 9, heightPx: 9, pixels: new Uint8Array(81) };
    point.pixels[4 * 9 + 4] = 200;
    const smooth = gaussianBlur(point, 1);
    expect(smooth.reduce((sum, value) => sum + value, 0)).toBeCloseTo(200, 3);
    // exp(-d^2 / 2): one pixel beside the centre e^-1/2 of it, two below e^-2.
    expect(smooth[4 * 9 + 5]! / smooth[4 * 9 + 4]!).toBeCloseTo(Math.exp(-1 / 2), 5);
    expect(smooth[6 * 9 + 4]! / smooth[4 * 9 + 4]!).toBeCloseTo(Math.exp(-2), 5);
  });

  it('does nothing with a standard deviation of zero', () => {
    const image = { widthPx: 2, heightPx: 1, pixels: Uint8Array.of(3, 250) };
    expect([...gaussianBlur(image, 0)]).toEqual([3, 250]);
  });
});
