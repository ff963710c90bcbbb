import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ImageHeader, readImageHeader, requireGreyTile } from '../../src/watcher/image-header.ts';
import { refusalOf, temporaryFolder, written } from './fixtures.ts';

const folder = temporaryFolder();

describe('a file that is no image', () => {
  it('is empty, for now', async () => {
    const path = await written(folder(), 'tile.tiff', '');
    expect(await refusalOf(() => readImageHeader(path))).toMatchObject({ code: 'empty', mayRecover: true });
  });

  it('may become one while it starts with zeros, as Samba allocates it', async () => {
    const path = await written(folder(), 'tile.tiff', Buffer.alloc(4096));
    expect(await refusalOf(() => readImageHeader(path))).toMatchObject({
      code: 'not-an-image',
      mayRecover: true,
    });
  });

  for (const [name, bytes] of [
    ['text', 'some notes about the sample'],
    ['three bytes', 'abc'],
    ['a BigTIFF', 'II\x2b\0\x08\0\0\0'],
  ] as const) {
    it(`never becomes one from ${name}`, async () => {
      const path = await written(folder(), 'notes.tif', bytes);
      const refusal = await refusalOf(() => readImageHeader(path));
      expect(refusal).toMatchObject({ code: 'not-an-image', mayRecover: false });
      expect(refusal.message).toContain(path);
    });
  }

  it('is unreadable when it is gone', async () => {
    const refusal = await refusalOf(() => readImageHeader(join(folder(), 'gone.tif')));
    expect(refusal).toMatchObject({ code: 'unreadable', mayRecover: true });
    expect(refusal.message).toContain('ENOENT');
  });

  it('is unreadable when it is a folder', async () => {
    expect((await refusalOf(() => readImageHeader(folder()))).code).toBe('unreadable');
  });

  it.skipIf(process.getuid?.() === 0)('is unreadable without permission', async () => {
    const path = await written(folder(), 'secret.tif', 'II*\0');
    await chmod(path, 0o000);
    expect(await refusalOf(() => readImageHeader(path))).toMatchObject({
      code: 'unreadable',
      mayRecover: true,
    });
  });
});

describe('an image that is no tile', () => {
  const tile: ImageHeader = {
    format: 'tiff',
    widthPx: 4,
    heightPx: 3,
    bitsPerSample: 8,
    samplesPerPixel: 1,
    pages: 1,
    feiXml: null,
  };

  it('is not 8- or 16-bit grey', () => {
    requireGreyTile('a.tif', tile);
    requireGreyTile('a.tif', { ...tile, bitsPerSample: 16 });
  });

  for (const [code, change] of [
    ['multi-page', { pages: 2 }],
    ['not-grey', { samplesPerPixel: 3 }],
    ['unsupported-pixels', { bitsPerSample: 32 }],
    ['unsupported-pixels', { bitsPerSample: 1 }],
  ] as const) {
    it(`is refused as ${code} for ${JSON.stringify(change)}`, async () => {
      const refusal = await refusalOf(() => requireGreyTile('a.tif', { ...tile, ...change }));
      expect(refusal).toMatchObject({ code, mayRecover: false });
    });
  }
});
