import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPixels } from '../../../src/watcher/image/pixels.ts';
import { refusalOf, temporaryFolder, written } from '../fixtures.ts';
import { buildPng } from '../png-builder.ts';
import { buildTiff } from '../tiff-builder.ts';

const folder = temporaryFolder();
const tiff = (bytes: Uint8Array) => written(folder(), 'tile.tiff', bytes);

/** A program that says the most MB that it has taken once it has read the pixels. */
const peakOf = (path: string): string => `
  import { readFileSync } from 'node:fs';
  const { readPixels } = await import(${JSON.stringify(new URL('../../../src/watcher/image/pixels.ts', import.meta.url).href)});
  await readPixels(${JSON.stringify(path)}, 0);
  // Not resourceUsage: before the program it has the size of who started it.
  const status = readFileSync('/proc/self/status', 'utf8');
  console.log(Number(/VmHWM:\\s+(\\d+)/.exec(status)[1]) / 1024);`;

/** Every 8-bit value once, in 16 rows of 16. */
const EVERY_VALUE = Array.from({ length: 256 }, (_, i) => i);

describe('the pixels of a tile', () => {
  it('are the 8-bit values of a TIFF and a PNG as written', async () => {
    const square = { widthPx: 16, heightPx: 16, values: EVERY_VALUE };
    const expected = { widthPx: 16, heightPx: 16, pixels: Uint8Array.from(EVERY_VALUE) };
    expect(await readPixels(await tiff(buildTiff(square).bytes), 0)).toEqual(expected);
    expect(await readPixels(await written(folder(), 'tile.png', buildPng(square)), 0)).toEqual(expected);
  });

  it('are the 16-bit values over 257, rounded, with no gamma', async () => {
    // 128 / 257 = 0.498, 129 / 257 = 0.502; 257 k / 257 = k; 32,768 / 257 = 127.502
    const values = [0, 128, 129, 257, 2570, 25_700, 32_768, 51_400, 65_406, 65_407, 65_534, 65_535];
    const expected = [0, 0, 1, 1, 10, 100, 128, 200, 254, 255, 255, 255];
    const files = [
      await written(folder(), 'le.tiff', buildTiff({ bitsPerSample: 16, values }).bytes),
      await written(folder(), 'be.tiff', buildTiff({ bitsPerSample: 16, values, byteOrder: 'big' }).bytes),
      await written(folder(), 'tile.png', buildPng({ bitDepth: 16, values })),
    ];
    for (const file of files) expect(Array.from((await readPixels(file, 0)).pixels)).toEqual(expected);
  });

  it('of the largest export take no more memory than a few of its copies', async () => {
    const [width, height] = [7680, 4800];
    const path = join(folder(), 'large.png');
    const values = new Uint16Array(width * height).map((_, index) => index);
    const raw = { width, height, channels: 1 } as const;
    await sharp(values, { raw }).toColourspace('grey16').png({ compressionLevel: 1 }).toFile(path);
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      peakOf(path),
    ]);
    // 37 Mpx: 74 MB in 16 bits and 37 MB in 8 beside a program of 60 MB, where a list of its values takes 600 MB.
    expect(Number(stdout)).toBeLessThan(400);
  });

  it('are the same compressed by LZW with predictor 2, in 8 and 16 bits', async () => {
    const path = join(folder(), 'lzw.tiff');
    const lzw = { compression: 'lzw', predictor: 'horizontal' } as const;
    const raw = { width: 16, height: 16, channels: 1 } as const;
    await sharp(Uint8Array.from(EVERY_VALUE), { raw }).toColourspace('b-w').tiff(lzw).toFile(path);
    expect(Array.from((await readPixels(path, 0)).pixels)).toEqual(EVERY_VALUE);
    const values16 = Uint16Array.from(EVERY_VALUE, (value) => value * 257);
    await sharp(values16, { raw }).toColourspace('grey16').tiff(lzw).toFile(path);
    expect(Array.from((await readPixels(path, 0)).pixels)).toEqual(EVERY_VALUE);
  });

  it('are black for 0 also where the TIFF calls 0 white', async () => {
    const path = await tiff(buildTiff({ photometric: 0 }).bytes);
    // The default values 0, 1, 2 ... are then 255, 254, 253 ... of brightness.
    expect(Array.from((await readPixels(path, 0)).pixels.subarray(0, 3))).toEqual([255, 254, 253]);
  });

  it('leave out the data bar', async () => {
    const path = await tiff(buildTiff({ values: [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0] }).bytes);
    expect(await readPixels(path, 1)).toEqual({
      widthPx: 4,
      heightPx: 2,
      pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    });
  });

  it('are read afresh when the same path has new ones', async () => {
    const first = buildTiff({ values: Array.from({ length: 12 }, (_, i) => i) }).bytes;
    const second = buildTiff({ values: Array.from({ length: 12 }, (_, i) => 100 + i) }).bytes;
    expect((await readPixels(await tiff(first), 0)).pixels[0]).toBe(0);
    expect((await readPixels(await tiff(second), 0)).pixels[0]).toBe(100);
  });

  it('are accepted with a harmless unknown tag', async () => {
    const { bytes, directoryOffset } = buildTiff({ xml: 'any' });
    // The tenth and last entry is the metadata; 65,000 is a tag that no reader knows.
    bytes.writeUInt16LE(65_000, directoryOffset + 2 + 9 * 12);
    expect((await readPixels(await tiff(bytes), 0)).pixels).toHaveLength(12);
  });
});

describe('pixels that cannot be used', () => {
  it('are flat, with the value named', async () => {
    const path = await tiff(buildTiff({ values: new Array(12).fill(7) }).bytes);
    const refusal = await refusalOf(() => readPixels(path, 0));
    expect(refusal).toMatchObject({ code: 'flat', mayRecover: false });
    expect(refusal.message).toContain('value 7 (of 255)');
  });

  it('are flat when only the data bar differs', async () => {
    const path = await tiff(buildTiff({ values: [7, 7, 7, 7, 7, 7, 7, 7, 0, 255, 0, 255] }).bytes);
    expect((await refusalOf(() => readPixels(path, 1))).code).toBe('flat');
  });

  it('are all data bar', async () => {
    const path = await tiff(buildTiff().bytes);
    for (const height of [3, 4, -1]) {
      expect((await refusalOf(() => readPixels(path, height))).code).toBe('bad-metadata');
    }
  });

  it('are in colour', async () => {
    const path = await tiff(buildTiff({ samplesPerPixel: 3 }).bytes);
    expect((await refusalOf(() => readPixels(path, 0))).code).toBe('not-grey');
  });

  // The high byte of a linear congruential sequence (Numerical Recipes' constants): does not compress.
  let state = 1;
  const noise = Uint8Array.from({ length: 128 * 128 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  const raw = { width: 128, height: 128, channels: 1 } as const;

  it('are cut off', async () => {
    const grey = sharp(noise, { raw }).toColourspace('b-w');
    const files: [name: string, whole: Buffer][] = [
      ['plain.tiff', await grey.clone().tiff({ compression: 'none' }).toBuffer()],
      ['lzw.tiff', await grey.clone().tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer()],
      ['tile.png', await grey.clone().png().toBuffer()],
    ];
    for (const [name, whole] of files) {
      for (const share of [0.3, 0.9]) {
        const path = await written(folder(), name, whole.subarray(0, whole.length * share));
        const refusal = await refusalOf(() => readPixels(path, 0));
        expect([name, share, refusal.code, refusal.mayRecover]).toEqual([name, share, 'truncated', true]);
      }
    }
  });

  it('are zeros where compressed pixels should be, as in a file whose middle has not arrived', async () => {
    const grey = sharp(noise, { raw }).toColourspace('b-w');
    const lzw = await grey.clone().tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer();
    lzw.fill(0, 2000, 6000);
    const png = await grey.clone().png({ compressionLevel: 1, adaptiveFiltering: false }).toBuffer();
    png.fill(0, 2000, 6000);
    for (const [name, bytes] of [
      ['lzw.tiff', lzw],
      ['tile.png', png],
    ] as const) {
      const path = await written(folder(), name, bytes);
      const refusal = await refusalOf(() => readPixels(path, 0));
      expect([name, refusal.code, refusal.mayRecover]).toEqual([name, 'truncated', true]);
    }
  });
});
