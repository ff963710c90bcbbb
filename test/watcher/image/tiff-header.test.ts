import { describe, expect, it } from 'vitest';
import { noMakerTexts } from '../../../src/watcher/image/image-header.ts';
import { readImageHeader } from '../../../src/watcher/image/read-image-header.ts';
import { feiXml, refusalOf, temporaryFolder, written } from '../fixtures.ts';
import { buildTiff, type TiffParts } from '../tiff-builder.ts';

const folder = temporaryFolder();
const tiff = (parts: TiffParts) => written(folder(), 'tile.tiff', buildTiff(parts).bytes);

describe('the header of a TIFF', () => {
  for (const byteOrder of ['little', 'big'] as const) {
    for (const xmlFirst of [false, true]) {
      it(`is read in ${byteOrder}-endian order, metadata ${xmlFirst ? 'before' : 'after'} the pixels`, async () => {
        const path = await tiff({ byteOrder, xmlFirst, xml: feiXml() });
        expect(await readImageHeader(path)).toEqual({
          format: 'tiff',
          widthPx: 4,
          heightPx: 3,
          bitsPerSample: 8,
          samplesPerPixel: 1,
          unreadable: null,
          pages: 1,
          feiXml: feiXml(),
          isLossy: false,
          makers: noMakerTexts,
        });
      });
    }
  }

  it('says null where there is no metadata', async () => {
    expect((await readImageHeader(await tiff({}))).feiXml).toBeNull();
  });

  it('counts a palette as three colours', async () => {
    expect((await readImageHeader(await tiff({ photometric: 3 }))).samplesPerPixel).toBe(3);
  });

  it('counts the pages', async () => {
    expect((await readImageHeader(await tiff({ pages: 3 }))).pages).toBe(3);
  });

  it('counts no page that is declared as a preview of another', async () => {
    const { bytes, directoryOffset } = buildTiff({ pages: 2 });
    // Ten fields of 12 bytes: each directory takes 2 + 9 x 12 + 4 bytes; its last field becomes NewSubfileType 1.
    const second = directoryOffset + 2 + 9 * 12 + 4;
    bytes.writeUInt16LE(254, second + 2 + 8 * 12);
    bytes.writeUInt32LE(1, second + 2 + 8 * 12 + 8);
    expect((await readImageHeader(await written(folder(), 'preview.tiff', bytes))).pages).toBe(1);
  });

  it('names what makes its values no grey values', async () => {
    for (const [format, name] of [
      [2, 'signed'],
      [3, 'floating-point'],
    ] as const) {
      const { bytes, directoryOffset } = buildTiff({ bitsPerSample: 16, xml: 'any' });
      // The tenth and last field is the metadata; 339 is SampleFormat.
      const last = directoryOffset + 2 + 9 * 12;
      bytes.writeUInt16LE(339, last);
      bytes.writeUInt16LE(3, last + 2);
      bytes.writeUInt32LE(1, last + 4);
      bytes.writeUInt32LE(format, last + 8);
      const path = await written(folder(), `${name}.tiff`, bytes);
      expect((await readImageHeader(path)).unreadable).toBe(name);
    }
    expect((await readImageHeader(await tiff({ photometric: 6 }))).unreadable).toContain('6');
  });

  it('stops counting pages at 64', async () => {
    expect((await readImageHeader(await tiff({ pages: 70 }))).pages).toBe(64);
  });

  for (const pages of [1, 3]) {
    it(`refuses a circle of ${pages} director${pages === 1 ? 'y' : 'ies'}`, async () => {
      const path = await tiff({ pages, cyclic: true });
      const refusal = await refusalOf(() => readImageHeader(path));
      expect(refusal).toMatchObject({ code: 'not-an-image', mayRecover: false });
      expect(refusal.message).toContain('circle');
    });
  }

  it('refuses a directory of more than 1,000 entries', async () => {
    const { bytes, directoryOffset } = buildTiff();
    bytes.writeUInt16LE(1001, directoryOffset);
    const path = await written(folder(), 'tile.tiff', bytes);
    const refusal = await refusalOf(() => readImageHeader(path));
    expect(refusal).toMatchObject({ code: 'not-an-image', mayRecover: false });
    expect(refusal.message).toContain('1001 entries');
  });

  it('refuses metadata over 128 KiB before reading it', async () => {
    // One byte of text more than 128 KiB, and the closing NUL.
    const path = await tiff({ xml: 'x'.repeat(128 * 1024) });
    const refusal = await refusalOf(() => readImageHeader(path));
    expect(refusal.code).toBe('bad-metadata');
    expect(refusal.message).toContain('131073 bytes');
  });

  const giants: [name: string, fields: Record<number, number>][] = [
    ['a side of 65,536 px', { 256: 65_536 }],
    // 20,000 x 10,001 = 200.02 Mpx
    ['200.02 Mpx', { 256: 20_000, 257: 10_001 }],
    ['4,294,967,295 px a side', { 256: 4_294_967_295, 257: 4_294_967_295 }],
  ];
  for (const [name, fields] of giants) {
    it(`refuses ${name}`, async () => {
      const path = await tiff({ fields });
      const refusal = await refusalOf(() => readImageHeader(path));
      expect(refusal).toMatchObject({ code: 'too-large', mayRecover: false });
    });
  }

  it('refuses a directory whose strips number in the millions', async () => {
    const { bytes, directoryOffset } = buildTiff();
    // Entries 5 and 8 are StripOffsets and StripByteCounts; the count stands 4 bytes in.
    for (const entry of [5, 8]) bytes.writeUInt32LE(4_000_000_000, directoryOffset + 2 + entry * 12 + 4);
    const path = await written(folder(), 'tile.tiff', bytes);
    expect((await refusalOf(() => readImageHeader(path))).code).toBe('too-large');
  });
});

describe('a TIFF that is not wholly there', () => {
  it('is truncated at every length short of the whole', async () => {
    const { bytes } = buildTiff({ xml: feiXml(), xmlFirst: true });
    // Every length would take a second; a prime step meets all parts.
    for (let length = 1; length < bytes.length; length += 7) {
      const path = await written(folder(), 'tile.tiff', bytes.subarray(0, length));
      const refusal = await refusalOf(() => readImageHeader(path));
      expect([length, refusal.code, refusal.mayRecover]).toEqual([length, 'truncated', true]);
    }
  });

  const holes: [name: string, parts: TiffParts][] = [
    ['a strip that starts beyond the end', { fields: { 273: 1_000_000 } }],
    ['a strip that ends beyond the end', { fields: { 279: 1_000_000 } }],
    ['a strip that is not placed yet', { fields: { 273: 0 } }],
    ['metadata beyond the end', { xml: feiXml(), fields: { 34683: 1_000_000 } }],
    ['no width', { without: [256] }],
    ['no strips', { without: [273, 279] }],
    ['a height of 0', { fields: { 257: 0 } }],
  ];
  for (const [name, parts] of holes) {
    it(`may recover from ${name}`, async () => {
      const path = await tiff(parts);
      expect(await refusalOf(() => readImageHeader(path))).toMatchObject({
        code: 'truncated',
        mayRecover: true,
      });
    });
  }

  for (const [name, offset] of [
    ['beyond the end', 1_000_000],
    ['not yet placed', 0],
  ] as const) {
    it(`may recover from a directory ${name}`, async () => {
      const { bytes } = buildTiff();
      bytes.writeUInt32LE(offset, 4);
      const path = await written(folder(), 'tile.tiff', bytes);
      expect(await refusalOf(() => readImageHeader(path))).toMatchObject({
        code: 'truncated',
        mayRecover: true,
      });
    });
  }

  it('may recover from metadata that reads as zeros', async () => {
    const { bytes } = buildTiff({ xml: feiXml(), xmlFirst: true });
    bytes.fill(0, 8, 8 + feiXml().length);
    const path = await written(folder(), 'tile.tiff', bytes);
    expect(await refusalOf(() => readImageHeader(path))).toMatchObject({
      code: 'truncated',
      mayRecover: true,
    });
  });
});
