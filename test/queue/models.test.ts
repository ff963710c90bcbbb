import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadModel, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { openModelCache } from '../../src/queue/model-cache.ts';
import { hashOfFiles, readModelFiles } from '../../src/queue/model-files.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { client, KEYS } from './handmade-worker.ts';
import { BUSY_MS, daemonEnd, localPool, stripTasks, worker } from './parts.ts';
import { ofRedis, redis } from './redis.ts';

describeNeeding(ofRedis)('a model that a worker lacks', () => {
  it(
    'comes through the queue once, and finds there what it finds here',
    async () => {
      const [place, server] = [premises(), await redis()];
      const packagedFolder = join(place.folder, 'none');
      mkdirSync(packagedFolder);
      await worker(place, server.url, { packagedFolder });
      const [end, pool] = [await daemonEnd(server.url), await localPool()];
      const tasks = await stripTasks(place, 2);
      for (const task of tasks) {
        const { durationsMs: _, ...remote } = await end.segment(task);
        const { durationsMs: __, ...local } = await pool.segment(task);
        expect(remote).toEqual(local);
      }
      const [kept = '', ...others] = readdirSync(join(place.folder, 'cache-bench-1/models'));
      expect(others).toEqual([]);
      const models = join(place.folder, 'cache-bench-1/models', kept);
      expect(readdirSync(models).toSorted()).toEqual([
        'known-answer.json',
        'known-answer.png',
        'manifest.json',
        'model.onnx',
      ]);
      expect(await client(server.url).hlen(KEYS.model(kept))).toBe(4);

      // What lies in the cache is taken from there while it is whole, and forgotten where it is not.
      await client(server.url).unlink(KEYS.model(kept));
      const name = tasks[0]!.model;
      const model = { name, sha256: (await pool.segment(tasks[0]!)).model.sha256, filesSha256: kept };
      const folder = join(place.folder, 'cache-bench-1/models');
      const cache = () =>
        openModelCache({ redis: client(server.url), folder, packagedFolder, keyOf: KEYS.model });
      expect(await (await cache()).folderOf(model)).toBe(models);
      writeFileSync(join(models, 'known-answer.json'), '{}');
      expect(await (await cache()).folderOf(model)).toBeNull();
      expect(readdirSync(folder)).toEqual([]);
    },
    BUSY_MS,
  );

  it('is refused where what was sent is not that model, and nothing of it stays', async () => {
    const [place, server] = [premises(), await redis()];
    const [folder, packagedFolder] = [join(place.folder, 'models'), join(place.folder, 'none')];
    mkdirSync(packagedFolder);
    const wanted = { name: 'low', sha256: 'a'.repeat(64), filesSha256: 'b'.repeat(64) };
    const side = client(server.url);
    const cache = await openModelCache({ redis: side, folder, packagedFolder, keyOf: KEYS.model });
    expect(await cache.folderOf(wanted)).toBeNull();
    await side.hset(KEYS.model(wanted.filesSha256), 'manifest.json', '{}');
    await expect(cache.folderOf(wanted)).rejects.toThrow('its files have another SHA-256');
    await side.hset(KEYS.model(wanted.filesSha256), '../manifest.json', '{}');
    await expect(cache.folderOf(wanted)).rejects.toThrow(`"../manifest.json" is no name of a model's file`);
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(place.folder).toSorted()).toEqual(['export', 'models', 'none']);
  });

  it('is another one where only its manifest differs', async () => {
    const { folder } = premises();
    const changed = join(folder, 'low');
    cpSync(join(packagedModelsFolder, 'low'), changed, { recursive: true });
    const hash = async (of: string) => hashOfFiles(await readModelFiles(await loadModel(of)));
    const before = await hash(changed);
    expect(before).toBe(await hash(join(packagedModelsFolder, 'low')));
    const manifest = join(changed, 'manifest.json');
    const { longestSidePx } = (await loadModel(changed)).manifest.input;
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace(`"longestSidePx": ${longestSidePx}`, '"longestSidePx": 640'));
    expect((await loadModel(changed)).manifest.input.longestSidePx).toBe(640);
    expect(await hash(changed)).not.toBe(before);
  });
});
