import { renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { feiImageXml } from '../../src/simulator/acquisition/fei-image.ts';
import { localTileFiles, type TileFiles } from '../../src/watcher/tile-files.ts';
import { type Premises, premises } from '../support/premises.ts';
import { writeSmallTile } from '../support/small-tile.ts';
import { until } from '../support/until.ts';
import { walkOn } from '../support/walk.ts';
import { buildTiff } from '../watcher/tiff-builder.ts';

/** 32 x 20 px without any metadata, each of other pixels. */
function writeBareTile(place: Premises, name: string): string {
  const path = join(place.exportFolder, name);
  const values = Array.from({ length: 32 * 20 }, (_, at) => (at * 7 + name.charCodeAt(0)) % 251);
  writeFileSync(path, buildTiff({ widthPx: 32, heightPx: 20, values }).bytes);
  return path;
}

const state = (path: string, sidecar: object) => writeFileSync(`${path}.json`, JSON.stringify(sidecar));

describe('tiles whose pixel size is stated', () => {
  it('are counted in one run without places, and so it is said everywhere', async () => {
    const place = premises();
    const walk = await walkOn(place, { settings: { instrument: { pixelSizeNm: 2500 }, grid: { rows: 1 } } });
    await walk.take(...['a.tif', 'b.tif', 'c.tif'].map((name) => writeBareTile(place, name)));
    const [tile] = walk.tiles();
    expect(tile).toMatchObject({
      sample: { label: 'export' },
      tile: { row: null, column: null, stagePositionUm: null },
      provenance: { pixelSizeNm: 2500, pixelSizeSource: 'stated' },
      notes: ['pixel-size-stated', 'no-stage-position'],
    });
    expect(tile?.particles?.map(({ centroidStageUm }) => centroidStageUm)).toEqual([null, null, null]);
    const last = walk.summaries().at(-1)!;
    expect(last).toMatchObject({
      final: true,
      coverage: { rows: 0, columns: 0, tilesPresent: 3, missing: [] },
      notes: [
        { note: 'pixel-size-stated', tiles: 3 },
        { note: 'no-stage-position', tiles: 3 },
      ],
      provenance: { pixelSizesNm: [2500], pixelSizeSource: 'stated' },
      // Each shows two whole particles and one at its border; nothing lies over another tile's.
      statistics: { tiles: 3, all: { count: 6 }, border: { cut: 3, joined: 0 } },
      duplicateCount: 0,
      reimage: [],
    });
  });

  it('never join those that have their own, though all else is alike', async () => {
    const place = premises();
    const walk = await walkOn(place, { settings: { grid: { rows: null } } });
    const stated = writeBareTile(place, 'b.tif');
    state(stated, { pixelSizeNm: 2500, stagePositionUm: { x: 80, y: 0 }, sampleLabel: 'powder' });
    await walk.take(writeSmallTile(place.exportFolder), stated);
    const runs = walk.store.runs.all();
    expect(runs.map(({ sampleLabel, isPlaced }) => [sampleLabel, isPlaced])).toEqual([
      ['powder', true],
      ['powder', true],
    ]);
    expect(new Set(runs.map(({ pixelSizeSource }) => pixelSizeSource))).toEqual(new Set(['file', 'stated']));
  });

  it('form a grid where sidecars say where they are', async () => {
    const place = premises();
    const walk = await walkOn(place, { settings: { grid: { rows: 1, columns: 2 } } });
    const paths = ['a.tif', 'b.tif'].map((name) => writeBareTile(place, name));
    for (const [column, path] of paths.entries())
      state(path, { pixelSizeNm: 2500, stagePositionUm: { x: 80 * column, y: 0 } });
    await walk.take(...paths);
    expect(walk.summaries().at(-1)).toMatchObject({ state: 'complete', coverage: { rows: 1, columns: 2 } });
  });

  it('are taken once their sidecar has come, or is mended', async () => {
    const place = premises();
    const local = localTileFiles({ folder: place.exportFolder, displayWidthDefaultM: 0.519 });
    const files: TileFiles = { ...local, isWatched: true };
    const walk = await walkOn(place, { files });
    const path = writeBareTile(place, 'a.tif');
    await walk.take(path);
    expect(walk.store.unusable.get(path)?.code).toBe('no-metadata');
    state(path, { pixelSizeNm: '2500' });
    const lookAgain = (code: string | undefined) =>
      until(`${code}`, async () => {
        walk.pipeline.tick();
        await walk.pipeline.idle();
        return walk.store.unusable.get(path)?.code === code;
      });
    await lookAgain('bad-sidecar');
    state(path, { pixelSizeNm: 2500 });
    await lookAgain(undefined);
    expect(walk.tiles()).toHaveLength(1);
  });
});

describe('a tile that was counted by a wrong statement', () => {
  it('is measured anew by another one once its image is touched', async () => {
    const place = premises();
    const walk = await walkOn(place, { settings: { grid: { rows: null } } });
    const path = writeBareTile(place, 'a.tif');
    state(path, { pixelSizeNm: 25 });
    await walk.take(path);
    state(path, { pixelSizeNm: 2500, stagePositionUm: { x: 80, y: 0 } });
    utimesSync(path, 1, 1);
    await walk.take(path);
    expect(walk.tiles().map(({ provenance }) => provenance.pixelSizeNm)).toEqual([25, 2500]);
    expect(walk.tiles().at(-1)?.tile.stagePositionUm).toEqual({ x: 80, y: 0 });
    const [right, wrong] = walk.store.runs.all();
    expect(walk.store.tiles.placesOfRun(right!.id)).toMatchObject([{ fieldUm: { width: 80, height: 50 } }]);
    expect(walk.store.tiles.placesOfRun(wrong!.id)).toEqual([]);
    // The run that lost its tile says so.
    const last = walk.summaries().findLast(({ run }) => run === wrong!.name);
    expect(last?.statistics.tiles).toBe(0);
  });
});

describe('a field that was exported twice', () => {
  /** The same place as JPEG: with the document behind its picture. */
  async function writeJpeg(place: Premises, tiff: string): Promise<string> {
    const path = tiff.replace('.tiff', '.jpg');
    const pixels = await sharp(tiff).jpeg().toBuffer();
    const document = feiImageXml(
      {
        pixelSizeNm: 2500,
        stagePositionUm: { x: 0, y: 0 },
        sampleLabel: 'powder',
        instrumentId: 'MVE-1',
        acquiredAt: '2026-01-02T03:04:05',
      },
      { widthPx: 32, heightPx: 20 },
    );
    writeFileSync(path, Buffer.concat([pixels, Buffer.from(document)]));
    expect(path.startsWith(place.exportFolder)).toBe(true);
    return path;
  }

  it('is counted from its TIFF, and the JPEG is left alone', async () => {
    const place = premises();
    const walk = await walkOn(place);
    const tiff = writeSmallTile(place.exportFolder);
    const jpeg = await writeJpeg(place, tiff);
    await walk.take(jpeg, tiff);
    expect(walk.tiles().map(({ tile }) => tile.file)).toEqual(['powder_r0_c0.tiff']);
    expect(walk.store.unusable.all()).toEqual([]);
    await walk.pipeline.stop();
    expect(walk.log.lines.some(({ message }) => message.includes('left alone'))).toBe(true);
  });

  it('is counted from its JPEG until its TIFF comes', async () => {
    const place = premises();
    const walk = await walkOn(place);
    const tiff = writeSmallTile(place.exportFolder);
    const jpeg = await writeJpeg(place, tiff);
    renameSync(tiff, join(place.folder, 'later.tiff'));
    await walk.take(jpeg);
    expect(walk.tiles()[0]?.notes).toEqual(['lossy-compression']);
    renameSync(join(place.folder, 'later.tiff'), tiff);
    await walk.take(tiff);
    expect(walk.store.tiles.countByState()).toMatchObject({ segmented: 1, superseded: 1 });
    expect(walk.summaries().at(-1)).toMatchObject({ statistics: { tiles: 1 }, notes: [] });
  });

  it('counts as JPEG where no pattern takes its TIFF', async () => {
    const place = premises();
    const patterns = { include: ['**/*.jpg'], exclude: [], excludeFolders: [] };
    const files = localTileFiles({ folder: place.exportFolder, displayWidthDefaultM: 0.519, patterns });
    const walk = await walkOn(place, { files });
    await walk.take(await writeJpeg(place, writeSmallTile(place.exportFolder)));
    expect(walk.tiles().map(({ tile }) => tile.file)).toEqual(['powder_r0_c0.jpg']);
  });
});

describe('a file of 20 GB with the name of an image', () => {
  it('is set aside by its size, without a look at what it holds', async () => {
    const place = premises();
    const walk = await walkOn(place);
    const path = writeSmallTile(place.exportFolder, { name: 'huge.tiff' });
    // Sparse: it takes no room, but hashing it would take longer than a test may.
    truncateSync(path, 20 * 1024 ** 3);
    await walk.take(path, writeSmallTile(place.exportFolder));
    expect(walk.store.unusable.get(path)?.code).toBe('too-large');
    expect(walk.tiles().map(({ tile }) => tile.file)).toEqual(['powder_r0_c0.tiff']);
  });
});
