import { readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keptPictures } from '../../../src/dashboard/tile-pictures/kept-pictures.ts';
import { startPictureMaker } from '../../../src/dashboard/tile-pictures/picture-maker.ts';
import { openStore } from '../../../src/store/database.ts';
import { readTile } from '../../../src/watcher/read-tile.ts';
import { exampleRun } from '../../store/examples.ts';
import { premises } from '../../support/premises.ts';
import { simulatedTiles, writeTiles } from '../../support/tiles.ts';
import { served } from '../served.ts';

/** A tile of 320 x 64 px in the export folder, known to the store. */
async function withTile() {
  const place = premises();
  const [path = ''] = writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 1 }));
  const { file, metadata } = await readTile(path, { displayWidthDefaultM: 0.32, within: place.exportFolder });
  const store = openStore(place.storeFile);
  store.tiles.noteSeen({ file, metadata, runId: store.runs.create(exampleRun).id, seenAtMs: 1 });
  store.close();
  const here = await served(place);
  const address = (widthPx: number, hash = file.contentHash) =>
    `/api/v1/tiles/${hash}/picture?widthPx=${widthPx}`;
  return { place, path, address, ...here };
}

describe('pictures of tiles', () => {
  it('are JPEG at most so wide, named by what they show, and never change', { timeout: 60_000 }, async () => {
    const { get, address } = await withTile();
    const size = async (widthPx: number) => {
      const answer = await get(address(widthPx));
      const { format, width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      return { status: answer.status, format, width, height };
    };
    // 64 px of 320 are 48 of 240; a narrow tile is not made wider.
    expect(await size(240)).toEqual({ status: 200, format: 'jpeg', width: 240, height: 48 });
    expect(await size(1920)).toEqual({ status: 200, format: 'jpeg', width: 320, height: 64 });
    expect((await get(address(241))).status).toBe(400);
    const { headers } = await get(address(240));
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect((await get(address(240), { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('are made once, so that they are there while the export folder is away', async () => {
    const { get, address, path, place } = await withTile();
    const before = await (await get(address(240))).arrayBuffer();
    rmSync(path);
    expect(await (await get(address(240))).arrayBuffer()).toEqual(before);
    const gone = await get(address(480));
    const { message } = (await gone.json()) as { message: string };
    expect([gone.status, gone.headers.get('cache-control'), gone.headers.get('etag')]).toEqual([
      404,
      'no-store',
      null,
    ]);
    expect(message).toMatch(/^there is no picture of this tile now: cannot be read: ENOENT/);
    expect(message).not.toContain(place.folder);
  });

  it('are of the tile that was measured, not of what lies under its name now', async () => {
    const { json, address, path } = await withTile();
    const [, other] = await simulatedTiles({ rows: 1, columns: 2, seed: 9 });
    writeFileSync(path, other!.bytes);
    expect(await json(address(240))).toMatchObject({
      status: 404,
      body: { message: 'there is no picture of this tile now: its file holds another picture by now' },
    });
  });

  it('are read over no link out of the export folder', async () => {
    const { json, address, path, place } = await withTile();
    const outside = join(place.folder, 'outside.tiff');
    renameSync(path, outside);
    symlinkSync(outside, path);
    expect((await json(address(240))).status).toBe(404);
  });

  it('are of known tiles alone', async () => {
    const { json, address } = await withTile();
    expect((await json(address(240, '0'.repeat(64)))).status).toBe(404);
    expect((await json(address(240, 'A'.repeat(64)))).status).toBe(400);
  });
});

describe('a picture that is being made', () => {
  const request = { path: '/a', contentHash: '', folder: '/', databarHeightPx: 0, widthPx: 240 };
  const maker = (script: string, answerMs: number) => {
    const { folder } = premises();
    const file = join(folder, 'process.mjs');
    writeFileSync(file, script);
    const made = startPictureMaker(answerMs, 0, pathToFileURL(file));
    onTestFinished(() => made.close());
    return made;
  };

  it('is given up where the share hangs, and so are those that wait; nobody waits for it again at once', async () => {
    const hanging = maker("process.on('message', () => {});", 300);
    const asked = [1, 2, 3, 4].map(() => hanging.make(request));
    for (const { status, reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[]) {
      expect([status, reason.status, reason.message]).toEqual([
        'rejected',
        503,
        'the export folder does not answer; the picture comes once it does',
      ]);
    }
    await expect(hanging.make(request)).rejects.toMatchObject({ status: 503 });
  });

  it('is given up where its process dies of the file; another makes the next', async () => {
    const script = `process.on('message', ({ id, path }) => {
      if (path === '/bad') process.exit(1);
      process.send({ kind: 'made', id, jpeg: Buffer.from(path).toString('base64') });
    });`;
    const fragile = maker(script, 20_000);
    await expect(fragile.make({ ...request, path: '/bad' })).rejects.toMatchObject({ status: 503 });
    expect((await fragile.make({ ...request, path: '/good' })).toString()).toBe('/good');
  });
});

describe('pictures that are kept', () => {
  it('take no more room than they may; those asked for longest ago go first', async () => {
    const { folder } = premises();
    const kept = keptPictures(join(folder, 'kept'), 1_000);
    for (let name = 0; name < 10; name++) await kept.put(`${name}.jpg`, Buffer.alloc(150));
    const names = readdirSync(join(folder, 'kept')).sort();
    // After each cut at most 900 bytes are left: six pictures.
    expect(names.length).toBeLessThanOrEqual(6);
    expect(names).toContain('9.jpg');
    expect(await kept.get('0.jpg')).toBeNull();
    writeFileSync(join(folder, 'kept/7.new'), 'of a process that was killed');
    const again = keptPictures(join(folder, 'kept'), 1_000);
    expect((await again.get('9.jpg'))?.length).toBe(150);
    expect(readdirSync(join(folder, 'kept')).sort()).toEqual(names);
  });
});
