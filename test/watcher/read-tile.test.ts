import { createHash } from 'node:crypto';
import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTile } from '../../src/watcher/read-tile.ts';
import { feiXml, refusalOf, temporaryFolder, written } from './fixtures.ts';
import { buildPng, tExt } from './png-builder.ts';
import { buildTiff, type TiffParts } from './tiff-builder.ts';

const folder = temporaryFolder();
const options = { displayWidthDefaultM: 0.5 };

describe('a tile', () => {
  it('is known by what it holds', async () => {
    const { bytes } = buildTiff({ xml: feiXml() });
    const path = await written(folder(), 'tile.tiff', bytes);
    const { file } = await readTile(path, options);
    expect(file).toEqual({
      path,
      contentHash: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      modifiedAtMs: (await stat(path)).mtimeMs,
      changedAtMs: (await stat(path)).ctimeMs,
      widthPx: 4,
      heightPx: 3,
    });
  });

  it('has the same hash under another name', async () => {
    const { bytes } = buildTiff({ xml: feiXml() });
    const a = await readTile(await written(folder(), 'a.tiff', bytes), options);
    const b = await readTile(await written(folder(), 'b.tiff', bytes), options);
    expect(a.file.contentHash).toBe(b.file.contentHash);
  });

  it('brings its metadata, from TIFF and PNG alike', async () => {
    const tiff = await written(folder(), 'a.tiff', buildTiff({ xml: feiXml() }).bytes);
    const png = await written(folder(), 'a.png', buildPng({ early: [tExt('34683', feiXml())] }));
    const { metadata } = await readTile(tiff, options);
    expect(metadata.stagePositionUm).toEqual({ x: 3.5, y: 31.5 });
    // 0.5 m / (4 px x 10 nm)
    expect(metadata.magnification).toBeCloseTo(12_500_000, 3);
    expect((await readTile(png, options)).metadata).toEqual(metadata);
  });

  const unusable: [code: string, parts: TiffParts][] = [
    ['no-metadata', {}],
    ['bad-metadata', { xml: '<FeiImage/>' }],
    ['not-grey', { samplesPerPixel: 3 }],
    ['multi-page', { pages: 2, xml: feiXml() }],
    ['unsupported-pixels', { bitsPerSample: 32, xml: feiXml() }],
  ];
  for (const [code, parts] of unusable) {
    it(`is set aside as ${code}, for good`, async () => {
      const path = await written(folder(), 'tile.tiff', buildTiff(parts).bytes);
      const refusal = await refusalOf(() => readTile(path, options));
      expect(refusal).toMatchObject({ code, path, mayRecover: false });
    });
  }

  it('is unreadable when it is gone', async () => {
    const refusal = await refusalOf(() => readTile(join(folder(), 'gone.tiff'), options));
    expect(refusal).toMatchObject({ code: 'unreadable', mayRecover: true });
  });

  it('is still being written when it grows during the reading, whatever else is wrong', async () => {
    // The first has metadata and the second none: on its own that would be for good.
    for (const xml of [feiXml(), undefined]) {
      const path = await written(folder(), 'tile.tiff', buildTiff(xml === undefined ? {} : { xml }).bytes);
      let isReading = true;
      const writer = (async () => {
        while (isReading) await appendFile(path, 'more');
      })();
      const refusal = await refusalOf(() => readTile(path, options)).finally(() => {
        isReading = false;
      });
      await writer;
      expect(refusal).toMatchObject({ code: 'truncated', mayRecover: true });
      expect(refusal.message).toContain('still being written');
    }
  });
});
