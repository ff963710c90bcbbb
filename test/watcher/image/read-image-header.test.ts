import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnusableFileError } from '../../../src/errors.ts';
import { type ImageHeader, noMakerTexts, requireGreyTile } from '../../../src/watcher/image/image-header.ts';
import { readImageHeader } from '../../../src/watcher/image/read-image-header.ts';
import { feiXml, refusalOf, temporaryFolder, written } from '../fixtures.ts';
import { buildPng, tExt } from '../png-builder.ts';
import { buildTiff } from '../tiff-builder.ts';

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

  it('is unreadable without permission', async () => {
    const path = await written(folder(), 'secret.tif', 'II*\0');
    await chmod(path, 0o000);
    // Root may read anything: for a moment it is nobody.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.('nobody');
    try {
      expect(await refusalOf(() => readImageHeader(path))).toMatchObject({
        code: 'unreadable',
        mayRecover: true,
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

describe('a file with damaged bytes', () => {
  const whole = [
    buildTiff({ xml: feiXml(), pages: 2 }).bytes,
    buildTiff({ xml: feiXml(), byteOrder: 'big', xmlFirst: true }).bytes,
    buildPng({ early: [tExt('34683', 'text')] }),
  ];
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });

  it('ends in a header or a refusal, never in anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...whole), damage, async (bytes, changes) => {
        const damaged = Buffer.from(bytes);
        // Counted from the end, where a TIFF's directories are.
        for (const [place, value] of changes)
          damaged[damaged.length - 1 - (place % Math.min(300, damaged.length))] = value;
        const path = await written(folder(), 'tile', damaged);
        const outcome = await readImageHeader(path).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnusableFileError);
        else expect(outcome).toHaveProperty('pages');
      }),
      { numRuns: 300 },
    );
  });
});

describe('an image that is no tile', () => {
  const tile: ImageHeader = {
    format: 'tiff',
    widthPx: 4,
    heightPx: 3,
    bitsPerSample: 8,
    samplesPerPixel: 1,
    unreadable: null,
    isLossy: false,
    pages: 1,
    feiXml: null,
    makers: noMakerTexts,
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
    ['unsupported-pixels', { bitsPerSample: 16, unreadable: 'signed' }],
    ['unsupported-pixels', { bitsPerSample: 16, samplesPerPixel: 3, feiXml: '<FeiImage/>' }],
  ] as const) {
    it(`is refused as ${code} for ${JSON.stringify(change)}`, async () => {
      const refusal = await refusalOf(() => requireGreyTile('a.tif', { ...tile, ...change }));
      expect(refusal).toMatchObject({ code, mayRecover: false });
    });
  }
});
