import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPixels } from '../../../src/watcher/image/pixels.ts';
import { readImageHeader } from '../../../src/watcher/image/read-image-header.ts';
import { notesOf } from '../../../src/watcher/metadata/tile-notes.ts';
import { readTile } from '../../../src/watcher/read-tile.ts';
import { buildBmp } from '../bmp-builder.ts';
import { feiXml, refusalOf, temporaryFolder, written } from '../fixtures.ts';

const folder = temporaryFolder();
const options = { displayWidthDefaultM: 0.5 };

/** 16 x 8 px in two halves, 40 and 200: flat blocks of 8 x 8, which compression at quality 100 leaves as they are. */
const halves = (channels: 1 | 3, right = [200, 200, 200]) => {
  const values = Array.from({ length: 16 * 8 }, (_, at) => (at % 16 < 8 ? [40, 40, 40] : right));
  const data = Buffer.from(values.flatMap((pixel) => pixel.slice(0, channels)));
  return sharp(data, { raw: { width: 16, height: 8, channels } });
};
const jpeg = async (channels: 1 | 3 = 1, right?: number[]) => {
  const image = halves(channels, right);
  return (channels === 1 ? image.toColourspace('b-w') : image).jpeg({ quality: 100 }).toBuffer();
};
/** A segment behind the start of the image. */
const withSegment = (bytes: Buffer, marker: number, contents: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(contents.length + 2, 2);
  return Buffer.concat([bytes.subarray(0, 2), head, contents, bytes.subarray(2)]);
};
const file = (bytes: Buffer, name = 'tile.jpg') => written(folder(), name, bytes);

describe('a JPEG', () => {
  const document = Buffer.from(feiXml());

  it.each([
    ['behind its picture', (bytes: Buffer) => Buffer.concat([bytes, document])],
    ['in a comment', (bytes: Buffer) => withSegment(bytes, 0xfe, document)],
    [
      'in Exif',
      (bytes: Buffer) => withSegment(bytes, 0xe1, Buffer.concat([Buffer.from('Exif\0\0II*\0'), document])),
    ],
    [
      'in an Exif comment of UTF-16',
      (bytes: Buffer) => withSegment(bytes, 0xe1, Buffer.from(`UNICODE\0${feiXml()}`, 'utf16le')),
    ],
  ])('has the metadata that stand %s', async (_, put) => {
    const { file: tile, metadata } = await readTile(await file(put(await jpeg())), options);
    expect(tile).toMatchObject({ widthPx: 16, heightPx: 8 });
    expect(metadata).toMatchObject({ pixelSizeNm: 10, stagePositionUm: { x: 3.5, y: 31.5 }, isLossy: true });
    expect(notesOf(metadata)).toEqual(['lossy-compression']);
  });

  it('without them is told to export TIFF', async () => {
    const path = await file(await jpeg());
    const refusal = await refusalOf(() => readTile(path, options));
    expect(refusal.code).toBe('no-metadata');
    expect(refusal.message).toContain('is a JPEG without the FeiImage document');
    expect(refusal.message).toContain('export TIFF');
  });

  it.each([1, 3] as const)('of %d channels is decoded to its grey', async (channels) => {
    const { pixels, widthPx, heightPx } = await readPixels(await file(await jpeg(channels)), 0);
    expect([widthPx, heightPx]).toEqual([16, 8]);
    expect([...pixels.subarray(0, 16)]).toEqual([...Array(8).fill(40), ...Array(8).fill(200)]);
  });

  it('of colours is refused', async () => {
    const path = await file(await jpeg(3, [255, 0, 0]));
    expect((await refusalOf(() => readPixels(path, 0))).code).toBe('not-grey');
  });

  it('that is not wholly written is awaited, wherever it ends', async () => {
    const bytes = await jpeg();
    for (let end = 3; end < bytes.length; end++) {
      const path = await file(bytes.subarray(0, end));
      const refusal = await refusalOf(() => readImageHeader(path));
      expect(refusal).toMatchObject({ code: 'truncated', mayRecover: true });
    }
  });

  it('that declares more pixels than are read is refused before any is decoded', async () => {
    const bytes = await jpeg();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(65_000, frame + 5);
    bytes.writeUInt16BE(65_000, frame + 7);
    const path = await file(bytes);
    expect((await refusalOf(() => readImageHeader(path))).code).toBe('too-large');
  });
});

describe('a BMP', () => {
  const values = [0, 50, 100, 150, 200, 250];

  it.each([
    ['8 bits and a palette', { bitsPerPixel: 8 }],
    ['24 bits', { bitsPerPixel: 24 }],
    ['32 bits', { bitsPerPixel: 32 }],
    ['rows from the top', { bitsPerPixel: 24, topDown: true }],
  ])('of %s is decoded to its grey, row by row', async (_, parts) => {
    // 3 px of 24 bits are 9 bytes, filled up to 12.
    const path = await file(buildBmp({ widthPx: 3, values, ...parts }), 'tile.bmp');
    expect([...(await readPixels(path, 0)).pixels]).toEqual(values);
  });

  it('of colours is refused', async () => {
    const bytes = buildBmp({ widthPx: 3, values, bitsPerPixel: 24 });
    bytes[54] = 77;
    const path = await file(bytes, 'tile.bmp');
    expect((await refusalOf(() => readPixels(path, 0))).code).toBe('not-grey');
  });

  it('says that it holds no metadata, and has those behind its pixels', async () => {
    const bytes = buildBmp({ widthPx: 3, values, bitsPerPixel: 8 });
    const bare = await file(bytes, 'bare.bmp');
    expect((await refusalOf(() => readTile(bare, options))).message).toContain(
      'is a BMP, which holds no metadata',
    );
    const path = await file(Buffer.concat([bytes, Buffer.from(feiXml())]), 'tile.bmp');
    const { metadata } = await readTile(path, options);
    expect(metadata.pixelSizeNm).toBe(10);
    expect(notesOf(metadata)).toEqual([]);
  });

  it('that is not wholly written is awaited, wherever it ends', async () => {
    const bytes = buildBmp({ widthPx: 3, values, bitsPerPixel: 24 });
    for (let end = 2; end < bytes.length; end += 5) {
      const path = await file(bytes.subarray(0, end), 'tile.bmp');
      expect((await refusalOf(() => readImageHeader(path))).code).toBe('truncated');
    }
  });

  it.each([
    ['1 bit', 28, 1],
    ['run lengths', 30, 1],
  ])('of %s is refused', async (_, at, value) => {
    const bytes = buildBmp({ widthPx: 3, values, bitsPerPixel: 8 });
    bytes.writeUInt16LE(value, at);
    const path = await file(bytes, 'tile.bmp');
    expect((await refusalOf(() => readTile(path, { ...options, pixelSizeNm: 40 }))).code).toBe(
      'unsupported-pixels',
    );
  });

  it('of negative or absurd size is bounded', async () => {
    const bytes = buildBmp({ widthPx: 3, values, bitsPerPixel: 24 });
    bytes.writeInt32LE(-2_147_483_648, 22);
    const path = await file(bytes, 'tile.bmp');
    expect((await refusalOf(() => readImageHeader(path))).code).toBe('too-large');
  });
});
