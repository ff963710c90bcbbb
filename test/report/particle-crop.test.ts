import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { writeOverlay } from '../../src/report/overlay.ts';
import { CROP_PX, particleCrop } from '../../src/report/particle-crop.ts';
import { premises } from '../support/premises.ts';
import { pixelsOf } from './charts/pictures.ts';

/** Black, with a white square of 100 px whose upper left corner is at (x, y). */
async function overlayWithSquare(x: number, y: number): Promise<string> {
  const path = join(premises().reportFolder, 'overlay.png');
  const pixels = new Uint8Array(400 * 300);
  for (let row = 0; row < 100; row++) pixels.fill(253, (y + row) * 400 + x, (y + row) * 400 + x + 100);
  await writeOverlay(path, { widthPx: 400, heightPx: 300, pixels }, []);
  return path;
}

const source = { path: '/gone.tif', contentHash: '', databarHeightPx: 0 };

describe('the picture of a particle', () => {
  it('shows it in the middle, with half its size around it', async () => {
    const overlayPath = await overlayWithSquare(150, 100);
    const png = await particleCrop({ ...source, overlayPath }, { boxPx: [150, 100, 100, 100] });
    const { at, widthPx, heightPx } = await pixelsOf(png!);
    expect([widthPx, heightPx]).toEqual([CROP_PX, CROP_PX]);
    // 200 px are cut out: the square takes the middle half.
    const white = (place: number) => Number.parseInt(at(place, CROP_PX / 2).slice(1, 3), 16) > 128;
    expect([0.2, 0.3, 0.5, 0.7, 0.8].map((share) => white(Math.round(share * CROP_PX)))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('moves into the tile where the particle lies at its edge', async () => {
    const overlayPath = await overlayWithSquare(0, 200);
    const png = await particleCrop({ ...source, overlayPath }, { boxPx: [0, 200, 100, 100] });
    const { at } = await pixelsOf(png!);
    // 200 px from the lower left corner: the square takes the lower left quarter.
    expect(Number.parseInt(at(60, CROP_PX - 60).slice(1, 3), 16)).toBeGreaterThan(128);
    expect(Number.parseInt(at(CROP_PX - 60, 60).slice(1, 3), 16)).toBeLessThan(128);
  });

  it('is none where neither overlay nor tile can be read', async () => {
    expect(await particleCrop({ ...source, overlayPath: '/none.png' }, { boxPx: [0, 0, 9, 9] })).toBeNull();
  });

  it('is as large of a particle larger than the tile as of any other', async () => {
    const overlayPath = await overlayWithSquare(0, 0);
    const png = await particleCrop({ ...source, overlayPath }, { boxPx: [0, 0, 400, 300] });
    expect(await sharp(png!).metadata()).toMatchObject({ width: CROP_PX, height: CROP_PX });
  });
});
