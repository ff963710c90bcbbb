import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPixels } from '../../../src/watcher/image/pixels.ts';
import { readTile } from '../../../src/watcher/read-tile.ts';
import { feiXml, refusalOf, temporaryFolder, written } from '../fixtures.ts';
import { buildPng, tExt } from '../png-builder.ts';
import { buildTiff } from '../tiff-builder.ts';

const folder = temporaryFolder();
/** 4 x 3 px: 0, 20, 40 ... 220. */
const GREYS = Array.from({ length: 12 }, (_, index) => 20 * index);
const coloured = (values: number[], samplesPerPixel: number) =>
  written(folder(), 'tile.tiff', buildTiff({ values, samplesPerPixel, xml: feiXml(), fields: {} }).bytes);

describe('grey that was saved as colours', () => {
  it('is read as grey', async () => {
    const path = await coloured(
      GREYS.flatMap((grey) => [grey, grey, grey]),
      3,
    );
    expect(Array.from((await readPixels(path, 0)).pixels)).toEqual(GREYS);
  });

  it('is read as grey beside an opaque alpha', async () => {
    const path = join(folder(), 'alpha.png');
    const raw = { width: 4, height: 3, channels: 4 } as const;
    const samples = Uint8Array.from(GREYS.flatMap((grey) => [grey, grey, grey, 255]));
    const png = await sharp(samples, { raw }).png().toBuffer();
    // The metadata belong after IHDR: signature of 8 bytes, chunk of 12 + 13.
    await written(
      folder(),
      'alpha.png',
      Buffer.concat([png.subarray(0, 33), tExt('34683', feiXml()), png.subarray(33)]),
    );
    expect(Array.from((await readPixels(path, 0)).pixels)).toEqual(GREYS);
    samples[7] = 100;
    const seen = await sharp(samples, { raw }).png().toBuffer();
    await written(
      folder(),
      'alpha.png',
      Buffer.concat([seen.subarray(0, 33), tExt('34683', feiXml()), seen.subarray(33)]),
    );
    expect((await refusalOf(() => readPixels(path, 0))).message).toContain('number 1');
  });

  it('is refused where one pixel has a colour, which is named', async () => {
    const values = GREYS.flatMap((grey) => [grey, grey, grey]);
    values[3 * 5 + 2] = 99;
    const refusal = await refusalOf(async () => readPixels(await coloured(values, 3), 0));
    expect(refusal).toMatchObject({ code: 'not-grey', mayRecover: false });
    expect(refusal.message).toContain('100, 100, 99 (number 5)');
  });

  it('is refused without metadata before any pixel is decoded', async () => {
    const path = await written(folder(), 'navigation.png', buildPng({ colourType: 2 }));
    expect((await refusalOf(() => readTile(path, { displayWidthDefaultM: 0.5 }))).code).toBe('not-grey');
  });
});
