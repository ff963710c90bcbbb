import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CERTAIN_RGB, drawOverlay, UNCERTAIN_RGB, writeOverlay } from '../../src/report/overlay.ts';

const grey = 90;
const image = { widthPx: 12, heightPx: 10, pixels: new Uint8Array(120).fill(grey) };

function square(x: number, y: number, side: number, certain: boolean) {
  return { mask: { x, y, width: side, height: side, bits: new Uint8Array(side * side).fill(1) }, certain };
}

function colourAt(rgb: Uint8Array, x: number, y: number): number[] {
  return [...rgb.slice((y * image.widthPx + x) * 3, (y * image.widthPx + x) * 3 + 3)];
}

describe('an overlay', () => {
  it('outlines certain particles green and uncertain ones red, two pixels wide', () => {
    const rgb = drawOverlay(image, [square(0, 0, 5, true), square(7, 5, 5, false)]);
    expect(colourAt(rgb, 0, 0)).toEqual([...CERTAIN_RGB]);
    expect(colourAt(rgb, 1, 1)).toEqual([...CERTAIN_RGB]); // the second pixel of the line
    expect(colourAt(rgb, 7, 5)).toEqual([...UNCERTAIN_RGB]);
    expect(colourAt(rgb, 11, 9)).toEqual([...UNCERTAIN_RGB]); // the last pixel of the tile
  });

  it('leaves the inside and the ground as they are', () => {
    const rgb = drawOverlay(image, [square(0, 0, 6, true)]);
    expect(colourAt(rgb, 3, 3)).toEqual([grey, grey, grey]);
    expect(colourAt(rgb, 9, 8)).toEqual([grey, grey, grey]);
  });

  it('is written as a PNG of the tile’s size, and nothing half-written stays', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'particled-overlay-')), 'overlays');
    await writeOverlay(join(folder, 'a.png'), image, [square(2, 2, 4, true)]);
    expect(await sharp(join(folder, 'a.png')).metadata()).toMatchObject({
      format: 'png',
      width: 12,
      height: 10,
      channels: 3,
    });
    expect(readdirSync(folder)).toEqual(['a.png']);
  });
});
