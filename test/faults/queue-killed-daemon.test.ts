import { it } from 'vitest';
import { ofRedis } from '../queue/redis.ts';
import { expectRunCountedOnce } from '../support/each-tile-once.ts';
import { describeNeeding } from '../support/needs.ts';
import { holdTiles, letGo, queueScene } from '../support/queue-scene.ts';

describeNeeding(ofRedis)('a daemon killed (kill -9) with tiles in the hands of workers', () => {
  it('takes the answers of before at its next start, and asks for the rest anew', async () => {
    const scene = await queueScene(5);
    const [worker, daemon] = await Promise.all([scene.worker('only'), scene.daemon({ window: 3 })]);
    holdTiles(worker);
    scene.show();
    await scene.inHand(2);
    await daemon.endGroup('SIGKILL');
    letGo(worker);
    await worker.says('answered', 3); // the window, while nobody hears
    await scene.daemon({ window: 3 });
    await expectRunCountedOnce(scene.place, scene.listener, 5);
    await worker.says('answered', 5);
  });

  it('counts those once that are still in hand at its next start', async () => {
    const scene = await queueScene(4);
    const [worker, daemon] = await Promise.all([scene.worker('only'), scene.daemon()]);
    holdTiles(worker);
    scene.show();
    await scene.inHand(2);
    await daemon.endGroup('SIGKILL');
    await scene.daemon();
    letGo(worker);
    await expectRunCountedOnce(scene.place, scene.listener, 4);
  });
});
