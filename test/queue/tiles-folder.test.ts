import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openModelCache } from '../../src/queue/model-cache.ts';
import { openTilesFolder } from '../../src/queue/tiles-folder.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { client, KEYS } from './handmade-worker.ts';
import { ofRedis, redis } from './redis.ts';

const DAY_MS = 24 * 3_600_000;

/** A folder as a process has left it that was killed so many days ago. */
function leftFolder(path: string, days: number): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'a.tile'), 'left');
  const at = new Date(Date.now() - days * DAY_MS);
  utimesSync(path, at, at);
}

describeNeeding(ofRedis)('the cache of a worker', () => {
  it('gives each worker a folder of its own, two of one name on one cache too', async () => {
    const { folder } = premises();
    const first = await openTilesFolder(folder, 'bench');
    writeFileSync(join(first.path, 'a.tile'), 'under way');
    const second = await openTilesFolder(folder, 'bench');
    expect(second.path).not.toBe(first.path);
    await second.remove();
    expect(readdirSync(first.path)).toEqual(['a.tile']);
  });

  it('that cannot be written is refused with its key', async () => {
    const { folder } = premises();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const key = 'worker.cacheFolder: cannot be written (ENOTDIR';
    await expect(openTilesFolder(file, 'bench')).rejects.toThrow(key);
    const options = { redis: client('redis://127.0.0.1:1'), packagedFolder: folder, keyOf: KEYS.model };
    await expect(openModelCache({ ...options, folder: join(file, 'models') })).rejects.toThrow(key);
  });

  it('loses after three days what a killed worker left, and nothing of one that marks its folder daily', async () => {
    const { folder } = premises();
    const [killed, living] = [join(folder, 'tiles/bench-aaaaaa'), join(folder, 'tiles/bench-bbbbbb')];
    leftFolder(killed, 3.1);
    leftFolder(living, 1.1);
    const marked = await openTilesFolder(folder, 'bench');
    expect([existsSync(killed), existsSync(living)]).toEqual([false, true]);
    leftFolder(marked.path, 4);
    await marked.mark();
    await openTilesFolder(folder, 'bench');
    expect(existsSync(marked.path)).toBe(true);
  });

  it('loses then too what was half fetched of a model, and no model', async () => {
    const [folder, server] = [join(premises().folder, 'models'), await redis()];
    for (const name of ['.partial-1', 'f'.repeat(64)]) leftFolder(join(folder, name), 4);
    await openModelCache({ redis: client(server.url), folder, packagedFolder: folder, keyOf: KEYS.model });
    expect(readdirSync(folder)).toEqual(['f'.repeat(64)]);
  });
});
