import { expect, it } from 'vitest';
import { queueAt } from '../queue/parts.ts';
import { ofRedis } from '../queue/redis.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { expectRunCountedOnce } from '../support/each-tile-once.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { holdTiles } from '../support/queue-scene.ts';
import { securedQueue } from '../support/secured-queue.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';
import { startWorkerUnderTrial } from '../support/worker-under-trial.ts';

const grid = { rows: 1, columns: 3 };

describeNeeding(ofRedis)(
  'a worker killed (kill -9) with tiles in hand, where the shipped access list is in force',
  () => {
    it('has them done by another one, each counted once, and nobody is refused a command', async () => {
      const place = premises();
      const queue = await securedQueue(place.folder);
      const broker = await startedBroker();
      const listener = await listen(broker.url);
      const settings = settingsFor(place, {
        ...{ mqtt: publishingTo(broker), grid },
        statistics: { border: 'exclude' }, // so that every particle is counted, cut or a duplicate
        segmenter: { attempts: 1, queue: queueAt(queue.url, queue.daemon) },
      });
      const ofWorker = { url: queue.url, login: queue.worker };
      const first = await startWorkerUnderTrial(place, 'first', ofWorker);
      const daemon = startDaemonProcess(place, settings);
      await daemon.says('particled is up');
      holdTiles(first);
      writeTiles(place.exportFolder, await simulatedTiles(grid));
      const inHand = () => queue.inspector.llen('particled:tiles:active');
      await until('two tiles in hand', async () => (await inHand()) === 2); // one more than it has processes
      const second = await startWorkerUnderTrial(place, 'second', ofWorker);
      await first.endGroup('SIGKILL');
      await expectRunCountedOnce(place, listener, grid.columns);
      await second.says('the worker that had a tile is gone; it is given to another', 2);
      await second.says('answered', grid.columns);
      const said = daemon.log().map(({ msg }) => msg);
      expect(said).not.toContain('tile failed, tried again');
      expect(said).not.toContain('tiles are segmented on this computer');
      expect(await queue.inspector.call('ACL', 'LOG')).toEqual([]);
    });
  },
);
