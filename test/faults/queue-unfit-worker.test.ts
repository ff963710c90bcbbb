import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { ofRedis } from '../queue/redis.ts';
import { expectRunCountedOnce } from '../support/each-tile-once.ts';
import { describeNeeding } from '../support/needs.ts';
import { type QueueScene, queueScene } from '../support/queue-scene.ts';
import { until } from '../support/until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const refusing = ({ listener }: QueueScene) =>
  listener
    .statuses()
    .at(-1)
    ?.diagnoses.find(({ code }) => code === 'workers-refuse')?.what;

describeNeeding(ofRedis)('a worker of an older version', () => {
  it('takes no tile and is named with its version, and a tile waits for one of the same', async () => {
    const scene = await queueScene(2);
    const script = olderParticled(scene.place.folder);
    const [old, daemon] = await Promise.all([scene.worker('old', { script }), scene.daemon()]);
    scene.show();
    await old.says('a tile is refused');
    await until('the health to tell it', () =>
      /^a worker takes no tiles: old: it is particled 0\.0\.1/.test(refusing(scene) ?? ''),
    );
    const [refused] = daemon
      .log()
      .filter(({ msg }) => msg === 'a worker does not take a tile; another is asked');
    expect(refused).toMatchObject({ worker: 'old', reason: expect.stringContaining('particled 0.0.1') });
    expect(scene.listener.tiles()).toEqual([]);
    await scene.worker('same');
    await expectRunCountedOnce(scene.place, scene.listener, 2);
    expect(daemon.log().map(({ msg }) => msg)).not.toContain('tile failed, tried again');
  });
});

describeNeeding(ofRedis)('a worker that cannot keep a tile while it looks at it', () => {
  it('says so, and the tile goes to another one and is not given up', async () => {
    const scene = await queueScene(3);
    const [worker, daemon] = await Promise.all([scene.worker('broken'), scene.daemon()]);
    rmSync(join(scene.place.folder, 'cache-broken', 'tiles'), { recursive: true });
    scene.show();
    await worker.says('a tile is refused');
    await until('the health to tell it', () => /broken: it cannot take tiles/.test(refusing(scene) ?? ''));
    await scene.worker('whole');
    await expectRunCountedOnce(scene.place, scene.listener, 3);
    expect(daemon.log().map(({ msg }) => msg)).not.toContain('tile failed, tried again');
  });
});

describeNeeding(ofRedis)('a worker with other files of the model', () => {
  it('does not use them, but has those sent that the daemon has', async () => {
    const scene = await queueScene(2);
    const [worker, daemon] = await Promise.all([
      scene.worker('other', { packagedFolder: otherModels(scene.place.folder) }),
      scene.daemon(),
    ]);
    scene.show();
    await expectRunCountedOnce(scene.place, scene.listener, 2);
    await daemon.says('model sent to workers');
    await worker.says('answered', 2);
    expect(daemon.log().map(({ msg }) => msg)).not.toContain('tiles are segmented on this computer');
  });

  it('leaves tiles waiting while the daemon has other files than it started with, which is said', async () => {
    const scene = await queueScene(2);
    const models = join(scene.place.folder, 'models');
    cpSync(packagedModelsFolder, models, { recursive: true });
    const [, daemon] = await Promise.all([
      scene.worker('other', { packagedFolder: otherModels(scene.place.folder) }),
      scene.daemon({}, { models: { folder: models } }),
    ]);
    const manifest = join(models, 'low', 'manifest.json');
    const before = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, before.replace('"description": "', '"description": "Changed. '));
    scene.show();
    await daemon.says('cannot go on for now; tried again');
    expect(daemon.log().find(({ msg }) => msg.startsWith('cannot go on'))).toMatchObject({
      err: expect.stringMatching(/the model low .* has other files than at the start; .*restart/),
    });
    await until('the health to tell it', () =>
      scene.listener
        .statuses()
        .at(-1)
        ?.reasons.some((reason) => reason.includes('the model low')),
    );
    writeFileSync(manifest, before);
    await expectRunCountedOnce(scene.place, scene.listener, 2);
  });
});

/** The same particled under an older number, with a script that starts its worker. */
function olderParticled(folder: string): string {
  const copy = join(folder, 'older');
  mkdirSync(join(copy, 'test', 'queue'), { recursive: true });
  for (const part of ['src', 'test/queue/worker-under-trial.ts'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const part of ['node_modules', 'models']) symlinkSync(join(root, part), join(copy, part));
  const own = readFileSync(join(root, 'package.json'), 'utf8');
  writeFileSync(join(copy, 'package.json'), own.replace(/"version": "[^"]+"/, '"version": "0.0.1"'));
  return join(copy, 'test', 'queue', 'worker-under-trial.ts');
}

/** The packaged models, of which one has a word more in its manifest. */
function otherModels(folder: string): string {
  const models = join(folder, 'other-models');
  cpSync(packagedModelsFolder, models, { recursive: true });
  const file = join(models, 'low', 'manifest.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"description": "', '"description": "Other. '));
  return models;
}
