import { describe, expect, it } from 'vitest';
import { rgbCanvas } from '../../src/report/rgb-canvas.ts';
import { withScaleBar } from '../../src/report/scale-bar.ts';
import { scaleBar } from '../../src/report/scale-length.ts';

describe('a scale bar', () => {
  it.each([
    [80, 20, '20 µm'], // a quarter exactly
    [79.9, 10, '10 µm'],
    [4, 1, '1 µm'],
    [3.9, 0.5, '0.5 µm'],
    [1.9, 0.2, '200 nm'],
    [0.05, 0.01, '10 nm'],
    [12_000, 2_000, '2000 µm'],
  ])('of a picture %f um wide is %f um long', (widthUm, lengthUm, text) => {
    expect(scaleBar(widthUm)).toEqual({ lengthUm, text });
  });

  it('is as long in a picture as it says', async () => {
    // 400 px of 0.1 um are 40 um; 10 um are 100 px.
    const { data, widthPx } = await withScaleBar(rgbCanvas(400, 300), 0.1);
    const runs: number[] = [];
    for (let y = 0; y < 300; y++) {
      let run = 0;
      for (let x = 0; x < widthPx; x++) if (data[(y * widthPx + x) * 3]! > 240) run++;
      runs.push(run);
    }
    expect(Math.max(...runs)).toBe(100);
  });

  it('leaves a picture alone that it would cover', async () => {
    const small = rgbCanvas(60, 40);
    expect(await withScaleBar(small, 0.1)).toBe(small);
  });
});
