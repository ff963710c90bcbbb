import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { ofRedis } from '../queue/redis.ts';
import { expectRunCountedOnce } from '../support/each-tile-once.ts';
import { describeNeeding } from '../support/needs.ts';
import { type QueueScene, queueScene } from '../support/queue-scene.ts';
import { until } from '../support/until.ts';

/** What the newest status says of the queue or of segmenters. */
const told = ({ listener }: QueueScene) =>
  listener
    .statuses()
    .at(-1)
    ?.diagnoses.find(({ code }) => code === 'queue-away' || code === 'segmenters-away');

function client({ server }: QueueScene): Redis {
  const made = new Redis(server.url);
  onTestFinished(() => made.disconnect());
  return made;
}

/** Users of the server, who may do all that is needed but for what the test is about. */
const denials = [
  { denial: 'another password', rule: '>other ~* &* +@all', says: /WRONGPASS/ },
  { denial: 'no right to run scripts', rule: '>secret ~* &* +@all -@scripting', says: /NOPERM/ },
  { denial: 'no right to its keys', rule: '>secret ~other:* &* +@all', says: /NOPERM/ },
] as const;

describeNeeding(ofRedis)('a server that denies the daemon', () => {
  it.each(denials)('what it needs ($denial) is told, and used once it allows it', async ({ rule, says }) => {
    const scene = await queueScene(2);
    const admin = client(scene);
    await admin.call('ACL', 'SETUSER', 'microscope', 'on', ...rule.split(' '));
    const passwordFile = join(scene.place.folder, 'password');
    writeFileSync(passwordFile, 'secret\n');
    chmodSync(passwordFile, 0o600);
    const [daemon, worker] = await Promise.all([
      scene.daemon({ username: 'microscope', passwordFile }),
      scene.worker('only'),
    ]);
    scene.show();
    await until('the health to say why', () => says.test(told(scene)?.what ?? ''), {
      describe: () => JSON.stringify(scene.listener.statuses().at(-1)) + daemon.stderr(),
    });
    expect(daemon.stderr()).toMatch(says);
    expect(daemon.stderr()).not.toContain('secret');
    await admin.call('ACL', 'SETUSER', 'microscope', 'reset', 'on', ...'>secret ~* &* +@all'.split(' '));
    await expectRunCountedOnce(scene.place, scene.listener, 2);
    await worker.says('answered', 2);
    await until('normal health', () => scene.listener.statuses().at(-1)?.health === 'normal');
  });
});

describeNeeding(ofRedis)('a queue without memory for a tile', () => {
  it('has it wait, says so, and takes it once there is room', async () => {
    const scene = await queueScene(2);
    const admin = client(scene);
    const [daemon, worker] = await Promise.all([scene.daemon({ localAfterS: 120 }), scene.worker('only')]);
    await admin.config('SET', 'maxmemory', '1');
    scene.show();
    await until('the health to say why', () => /OOM/.test(told(scene)?.what ?? ''), {
      describe: () => JSON.stringify(scene.listener.statuses().at(-1)) + daemon.stderr(),
    });
    expect(daemon.stderr()).toMatch(/OOM/);
    await admin.config('SET', 'maxmemory', '0');
    await expectRunCountedOnce(scene.place, scene.listener, 2);
    await worker.says('answered', 2);
    expect(daemon.log().map(({ msg }) => msg)).not.toContain('tile failed, tried again');
  });

  it('leaves it to this computer after the time of the key segmenter.queue.localAfterS', async () => {
    const scene = await queueScene(2);
    const [daemon] = await Promise.all([scene.daemon({ localAfterS: 2 }), scene.worker('only')]);
    await client(scene).config('SET', 'maxmemory', '1');
    scene.show();
    await daemon.says('tiles are segmented on this computer');
    await expectRunCountedOnce(scene.place, scene.listener, 2);
    await until('the health to tell it', () =>
      told(scene)?.what.endsWith('tiles are segmented on this computer'),
    );
  });
});
