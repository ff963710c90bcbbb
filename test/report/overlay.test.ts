import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CERTAIN_RGB, UNCERTAIN_RGB } from '../../src/report/outline-colours.ts';
import { drawOverlay, OVERLAY_PALETTE, writeOverlay } from '../../src/report/overlay.ts';

const grey = 90;
const image = { widthPx: 12, heightPx: 10, pixels: new Uint8Array(120).fill(grey) };

function square(x: number, y: number, side: number, certain: boolean) {
  return { mask: { x, y, width: side, height: side, bits: new Uint8Array(side * side).fill(1) }, certain };
}

function colourAt(indices: Uint8Array, x: number, y: number): number[] {
  const index = indices[y * image.widthPx + x]!;
  return [...OVERLAY_PALETTE.slice(index * 3, index * 3 + 3)];
}

describe('an overlay', () => {
  it('outlines certain particles green and uncertain ones red, two pixels wide', () => {
    const drawn = drawOverlay(image, [square(0, 0, 5, true), square(7, 5, 5, false)]);
    expect(colourAt(drawn, 0, 0)).toEqual([...CERTAIN_RGB]);
    expect(colourAt(drawn, 1, 1)).toEqual([...CERTAIN_RGB]); // the second pixel of the line
    expect(colourAt(drawn, 7, 5)).toEqual([...UNCERTAIN_RGB]);
    expect(colourAt(drawn, 11, 9)).toEqual([...UNCERTAIN_RGB]); // the last pixel of the tile
  });

  it('leaves the inside and the ground as they are', () => {
    const drawn = drawOverlay(image, [square(0, 0, 6, true)]);
    expect(colourAt(drawn, 3, 3)).toEqual([grey, grey, grey]);
    expect(colourAt(drawn, 9, 8)).toEqual([grey, grey, grey]);
  });

  it('is written so that every reader gets the colours that were drawn', async () => {
    // A ramp over all greys: 254 and 255 are drawn as white, as 253 is.
    const ramp = { widthPx: 256, heightPx: 3, pixels: Uint8Array.from({ length: 768 }, (_, i) => i % 256) };
    const path = join(mkdtempSync(join(tmpdir(), 'particled-overlay-')), 'ramp.png');
    await writeOverlay(path, ramp, [square(100, 1, 1, false)]);
    const read = new Uint8Array(await sharp(path).raw().toBuffer());
    const expected = Uint8Array.from({ length: 768 * 3 }, (_, i) => {
      const grey = Math.floor(i / 3) % 256;
      return grey >= 253 ? 255 : grey;
    });
    for (const at of [256 + 100, 256 + 101, 512 + 100]) expected.set(UNCERTAIN_RGB, at * 3);
    expect(read).toEqual(expected);
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
