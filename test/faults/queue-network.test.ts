import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ofRedis } from '../queue/redis.ts';
import { breakableNetwork } from '../support/breakable-network.ts';
import { expectRunCountedOnce } from '../support/each-tile-once.ts';
import { describeNeeding } from '../support/needs.ts';
import { holdTiles, letGo, queueScene } from '../support/queue-scene.ts';
import { until } from '../support/until.ts';
import { LOCK_MS } from '../support/worker-under-trial.ts';

/** Longer than a tile stays with a worker that does not answer; `CUT_S=60` for the minute that one may last. */
const CUT_MS = Number(process.env.CUT_S ?? 0) * 1000 || 3 * LOCK_MS;
/** Longer than any cut here, so that tiles wait for the queue. */
const patient = { localAfterS: 120 };

describeNeeding(ofRedis)('a network that is cut while workers have tiles in hand', () => {
  it.each(['refusing', 'holding', 'swallowing'] as const)(
    'between daemon and queue, %s what is sent, costs no tile and counts none twice',
    async (state) => {
      const scene = await queueScene(4);
      const network = await breakableNetwork(scene.server.port);
      const [worker, daemon] = await Promise.all([
        scene.worker('only'),
        scene.daemon({ url: `redis://127.0.0.1:${network.port}`, ...patient }),
      ]);
      holdTiles(worker);
      scene.show();
      await scene.inHand(2);
      network.become(state);
      letGo(worker);
      await delay(CUT_MS);
      network.become('whole');
      await expectRunCountedOnce(scene.place, scene.listener, 4);
      expect(daemon.log().map(({ msg }) => msg)).not.toContain('tile failed, tried again');
    },
  );

  it.each(['refusing', 'holding', 'swallowing'] as const)(
    'between a worker and the queue, %s what is sent, gives its tiles to another, and takes it back afterwards',
    async (state) => {
      const scene = await queueScene(5);
      const network = await breakableNetwork(scene.server.port);
      const [far] = await Promise.all([
        scene.worker('far', { url: `redis://127.0.0.1:${network.port}` }),
        scene.daemon(patient),
      ]);
      holdTiles(far);
      const [last, ...first] = scene.tiles;
      scene.show(first);
      await scene.inHand(2);
      const near = await scene.worker('near');
      network.become(state);
      letGo(far);
      await until('four tiles counted', () => scene.listener.tiles().length >= 4);
      network.become('whole');
      await near.endGroup('SIGKILL');
      scene.show([last!]);
      await expectRunCountedOnce(scene.place, scene.listener, 5);
    },
  );
});

describeNeeding(ofRedis)(
  'a queue that is away for longer than the key segmenter.queue.localAfterS says',
  () => {
    it('leaves its tiles to this computer, which health tells, and has them again when it is back', async () => {
      const scene = await queueScene(4);
      const network = await breakableNetwork(scene.server.port);
      const [worker, daemon] = await Promise.all([
        scene.worker('only'),
        scene.daemon({ url: `redis://127.0.0.1:${network.port}`, localAfterS: 2 }),
      ]);
      const [first, second, ...others] = scene.tiles;
      const codes = () =>
        scene.listener
          .statuses()
          .at(-1)
          ?.diagnoses.map(({ code }) => code);
      network.become('swallowing'); // nobody says that it is away
      scene.show([first!, second!]);
      await daemon.says('tiles are segmented on this computer');
      await daemon.says('tile segmented', 2);
      await until('the health to tell it', () => codes()?.includes('queue-away'));
      const [diagnosis] = scene.listener.statuses().at(-1)!.diagnoses;
      expect(diagnosis).toMatchObject({ state: 'maintenance-required' });
      expect(diagnosis?.what).toMatch(/tiles are segmented on this computer$/);
      expect(worker.log().filter(({ msg }) => msg === 'answered')).toEqual([]);

      network.become('whole');
      await daemon.says('tiles go to the queue again');
      await until('normal health', () => codes()?.length === 0);
      scene.show(others);
      await expectRunCountedOnce(scene.place, scene.listener, 4);
      await worker.says('answered', 2);
    });
  },
);
