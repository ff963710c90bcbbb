import { Queue } from 'bullmq';
import { onTestFinished } from 'vitest';
import type { SegmenterQueue } from '../../src/config/queue.ts';
import { QUEUE_NAME } from '../../src/queue/connection.ts';
import { queueAt } from '../queue/parts.ts';
import { redis } from '../queue/redis.ts';
import { type DaemonProcess, type LoggingProcess, startDaemonProcess } from './daemon-process.ts';
import { publishingTo, startedBroker } from './external-broker.ts';
import { type Listener, listen } from './listener.ts';
import { type Premises, premises, type Settings, settingsFor } from './premises.ts';
import type { RedisProcess } from './redis-process.ts';
import { simulatedTiles, type TileBytes, writeTiles } from './tiles.ts';
import { until } from './until.ts';
import { startWorkerUnderTrial, type WorkerChanges } from './worker-under-trial.ts';

/** A microscope's computer, a queue and what listens to the results; all of them real. */
export interface QueueScene {
  readonly place: Premises;
  readonly server: RedisProcess;
  readonly listener: Listener;
  readonly tiles: readonly TileBytes[];
  /** A client of the test's own. */
  readonly queue: Queue;
  /** Starts the daemon, which has one segmenter of its own, and waits until it is up. */
  daemon(queue?: Partial<SegmenterQueue>, changes?: Settings): Promise<DaemonProcess>;
  worker(name: string, changes?: WorkerChanges): Promise<LoggingProcess>;
  /** Writes the tiles into the export folder. */
  show(tiles?: readonly TileBytes[]): void;
  /** Waits until workers have so many tiles in hand. */
  inHand(tiles: number): Promise<void>;
}

/** One row of small tiles, of which nothing is written yet; servers started, daemon and workers not. */
export async function queueScene(columns: number, ofServer: readonly string[] = []): Promise<QueueScene> {
  const [broker, server, tiles] = await Promise.all([
    startedBroker(),
    redis(ofServer),
    simulatedTiles({ rows: 1, columns }),
  ]);
  const place = premises();
  const listener = await listen(broker.url);
  const queue = new Queue(QUEUE_NAME, {
    connection: { port: server.port },
    prefix: queueAt(server.url).prefix,
  });
  queue.on('error', () => {}); // the server is killed and comes back
  onTestFinished(() => queue.disconnect());
  return {
    ...{ place, server, listener, tiles, queue },
    async daemon(changed = {}, changes = {}) {
      const daemon = startDaemonProcess(
        place,
        settingsFor(place, {
          ...{ mqtt: publishingTo(broker), grid: { rows: 1, columns } },
          statistics: { border: 'exclude' }, // so that every particle is counted, cut or a duplicate
          ...changes,
          // A tile that workers lose costs it none of its attempts.
          segmenter: { attempts: 1, ...changes.segmenter, queue: queueAt(server.url, changed) },
        }),
      );
      await daemon.says('particled is up');
      return daemon;
    },
    worker: (name, changes) => startWorkerUnderTrial(place, name, { url: server.url, ...changes }),
    show: (shown = tiles) => void writeTiles(place.exportFolder, shown),
    inHand: (count) =>
      until(`${count} tiles in hand`, async () => (await queue.getActiveCount()) >= count).then(() => {}),
  };
}

/** Freezes the segmenters of a worker, so that the tiles it takes stay with it. */
export function holdTiles(worker: LoggingProcess): void {
  signalSegmenters(worker, 'SIGSTOP');
}

export function letGo(worker: LoggingProcess): void {
  signalSegmenters(worker, 'SIGCONT');
}

function signalSegmenters(worker: LoggingProcess, signal: NodeJS.Signals): void {
  const segmenters = worker.segmenters();
  if (segmenters.length === 0) throw new Error('there is no segmenter process');
  for (const pid of segmenters) process.kill(pid, signal);
}
