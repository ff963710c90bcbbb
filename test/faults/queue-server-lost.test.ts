import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { ofRedis } from '../queue/redis.ts';
import { expectRunCountedOnce } from '../support/each-tile-once.ts';
import { describeNeeding } from '../support/needs.ts';
import { holdTiles, letGo, type QueueScene, queueScene } from '../support/queue-scene.ts';

const losses = [
  { loss: 'is killed and started again with what it wrote down', keeps: true, happen: restart },
  { loss: 'is killed and started again without memory', keeps: false, happen: restart },
  { loss: 'forgets all of it (FLUSHALL)', keeps: false, happen: flush },
] as const;

describeNeeding(ofRedis)('a queue that has tiles waiting and in hand', () => {
  it.each(losses)('and $loss counts each once', async ({ keeps, happen }) => {
    const scene = await queueScene(4, keeps ? ['--appendonly', 'yes', '--appendfsync', 'always'] : []);
    const [worker, daemon] = await Promise.all([scene.worker('only'), scene.daemon()]);
    holdTiles(worker);
    scene.show();
    await scene.inHand(2);
    await happen(scene);
    letGo(worker);
    await expectRunCountedOnce(scene.place, scene.listener, 4);
    const said = daemon.log().map(({ msg }) => msg);
    expect(said).not.toContain('tile failed, tried again');
    expect(said).not.toContain('tiles are segmented on this computer');
  });
});

async function restart({ server }: QueueScene): Promise<void> {
  await server.kill();
  await server.start();
}

async function flush({ server }: QueueScene): Promise<void> {
  const client = new Redis(server.url);
  onTestFinished(() => client.disconnect());
  await client.flushall();
}
