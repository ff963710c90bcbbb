import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notesOf } from '../../src/watcher/metadata/tile-notes.ts';
import { readTile } from '../../src/watcher/read-tile.ts';
import { feiXml, refusalOf, temporaryFolder, written } from './fixtures.ts';
import { buildTiff, type TiffParts } from './tiff-builder.ts';

const folder = temporaryFolder();
const tiff = (parts: TiffParts = {}) => written(folder(), 'tile.tif', buildTiff(parts).bytes);
const sidecar = (content: unknown) => written(folder(), 'tile.tif.json', JSON.stringify(content));
const read = (path: string, pixelSizeNm: number | null = null) =>
  readTile(path, { displayWidthDefaultM: 0.5, pixelSizeNm, within: folder() });

describe('an image that does not say how large its pixels are', () => {
  it('is set aside, with where to state it', async () => {
    const path = await tiff();
    const refusal = await refusalOf(() => read(path));
    expect(refusal.code).toBe('no-metadata');
    expect(refusal.message).toContain('.json behind it, or instrument.pixelSizeNm');
  });

  it('has the size that the configuration states, and no place', async () => {
    const { metadata } = await read(await tiff(), 40);
    expect(metadata).toMatchObject({ pixelSizeNm: 40, pixelSizeSource: 'stated', stagePositionUm: null });
    expect(notesOf(metadata)).toEqual(['pixel-size-stated', 'no-stage-position']);
  });

  it('has the size, place, bar and label that its sidecar states, whatever the configuration does', async () => {
    await sidecar({
      ...{ pixelSizeNm: 41.7, stagePositionUm: { x: 80, y: -40 } },
      ...{ databarHeightPx: 1, sampleLabel: 'Li1' },
    });
    const { metadata } = await read(await tiff(), 40);
    expect(metadata).toMatchObject({
      pixelSizeNm: 41.7,
      pixelSizeSource: 'stated',
      stagePositionUm: { x: 80, y: -40 },
      databarHeightPx: 1,
      sampleLabel: 'Li1',
      // 0.5 m / (4 px x 41.7 nm)
      magnification: 0.5e9 / (4 * 41.7),
    });
    expect(notesOf(metadata)).toEqual(['pixel-size-stated']);
  });

  it('is called as its folder is', async () => {
    await mkdir(join(folder(), 'batch 7'));
    const path = await written(join(folder(), 'batch 7'), 'a.tif', buildTiff().bytes);
    expect((await read(path, 40)).metadata.sampleLabel).toBe('batch 7');
  });

  it('may be grey that was saved as colours where its own sidecar says so, else it is a navigation camera’s', async () => {
    const path = await tiff({ samplesPerPixel: 3, ratios: { 282: [72, 1], 283: [72, 1] } });
    expect((await refusalOf(() => read(path, 40))).code).toBe('not-grey');
    await sidecar({ pixelSizeNm: 40 });
    expect((await read(path)).metadata.pixelSizeNm).toBe(40);
  });
});

describe('an image that says itself how large its pixels are', () => {
  it('keeps its size, and says that the configuration states another', async () => {
    const { metadata } = await read(await tiff({ xml: feiXml() }), 40);
    expect(metadata).toMatchObject({ pixelSizeNm: 10, pixelSizeSource: 'file', pixelSizeIgnoredNm: 40 });
    expect(notesOf(metadata)).toEqual(['pixel-size-ignored']);
  });

  it('is as it is where a sidecar or the configuration agrees within half a per cent', async () => {
    await sidecar({ pixelSizeNm: 10.04 });
    const { metadata } = await read(await tiff({ xml: feiXml() }), 9.96);
    expect(metadata).toMatchObject({ pixelSizeNm: 10, pixelSizeSource: 'file' });
    expect(notesOf(metadata)).toEqual([]);
  });

  it('is set aside where its sidecar contradicts it', async () => {
    await sidecar({ pixelSizeNm: 20 });
    const path = await tiff({ xml: feiXml() });
    const refusal = await refusalOf(() => read(path));
    expect(refusal.code).toBe('bad-sidecar');
    expect(refusal.message).toContain(
      'tile.tif.json states a pixel of 20 nm, but the image itself says 10 nm',
    );
  });
});

describe('a sidecar', () => {
  it.each([
    ['without a size', {}, 'pixelSizeNm'],
    ['with an unknown key', { pixelSizeNm: 10, pixelSizeUm: 1 }, 'pixelSizeUm'],
    ['with a size of nothing', { pixelSizeNm: 0 }, 'pixelSizeNm'],
    ['with half a place', { pixelSizeNm: 10, stagePositionUm: { x: 1 } }, 'stagePositionUm.y'],
    ['with a bar as high as the image', { pixelSizeNm: 10, databarHeightPx: 3 }, 'a data bar of 3 px'],
    ['of another kind', [10], 'its contents'],
  ])('%s is refused by its name and key', async (_, content, key) => {
    await sidecar(content);
    const path = await tiff();
    const refusal = await refusalOf(() => read(path));
    expect(refusal).toMatchObject({ code: 'bad-sidecar', path });
    expect(refusal.message).toContain('tile.tif.json');
    expect(refusal.message).toContain(key);
  });

  it.each([
    ['is no JSON', '{pixelSizeNm: 10', 'is no JSON'],
    ['is larger than any is', `{"pixelSizeNm": 10}${' '.repeat(20_000)}`, 'has over 16384 bytes'],
  ])('that %s is refused', async (_, text, reason) => {
    await written(folder(), 'tile.tif.json', text);
    const path = await tiff();
    expect((await refusalOf(() => read(path))).message).toContain(reason);
  });

  it('that is a folder is refused', async () => {
    await mkdir(join(folder(), 'tile.tif.json'));
    const path = await tiff();
    expect((await refusalOf(() => read(path))).code).toBe('bad-sidecar');
  });
});
