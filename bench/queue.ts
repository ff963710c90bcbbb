import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { segmenterQueueSchema } from '../src/config/queue.ts';
import type { Config } from '../src/config/schema.ts';
import type { Model } from '../src/inference/model/model-folder.ts';
import { silentLogger } from '../src/logger.ts';
import { queueKeys } from '../src/queue/connection.ts';
import { startQueuedSegmenter } from '../src/queue/queued-segmenter.ts';
import { fittingWorkers } from '../src/queue/workers.ts';
import { startSegmenterPool } from '../src/segmenter/pool.ts';
import type { Segmenter, SegmentTask } from '../src/segmenter/port.ts';
import { contentHashOf } from '../src/watcher/content-hash.ts';
import { redisProcess } from '../test/support/redis-process.ts';
import { until } from '../test/support/until.ts';
import { median, ms, say, spread } from './figures.ts';
import { treeProcessorMs } from './process-tree.ts';
import { readings } from './redis-readings.ts';

const ROUNDS = 5;
/** As many as the queue's window holds by default. */
const AT_ONCE = 8;
const DAEMON = 'd'.repeat(32);

type Segments = Pick<Segmenter, 'segment'>;

/** Segmenting through the queue, with workers on this computer, beside the local pool, in turns. */
export async function queueBench(config: Config, model: Model, paths: readonly string[]): Promise<void> {
  const { folder } = config.watch;
  const server = await redisProcess();
  await server.start();
  const looker = new Redis(server.url);
  const workers: ChildProcess[] = [];
  const pool = await startSegmenterPool({
    entry: new URL('../src/segmenter/process.ts', import.meta.url),
    ...{ processes: 2, threadsPerProcess: 1, modelsFolder: dirname(model.folder), polarity: 'bright' },
    ...{ timeoutMs: 120_000, logger: silentLogger },
  });
  const queued = await startQueuedSegmenter({
    queue: segmenterQueueSchema.parse({ url: server.url, window: AT_ONCE, localAfterS: 120 }),
    ...{ daemon: DAEMON, polarity: 'bright', models: [model], logger: silentLogger },
    local: { segment: () => Promise.reject(new Error('the queue was away for too long')) },
  });

  async function startWorkers(count: number): Promise<void> {
    while (workers.length < count) {
      const name = `bench-${workers.length}`;
      const flags = ['--queue', server.url, '--name', name, '--processes', '1', '--threads', '1'];
      const cache = join(folder, '..', name);
      mkdirSync(cache, { recursive: true });
      workers.push(
        spawn(
          process.execPath,
          [fileURLToPath(new URL('../src/cli.ts', import.meta.url)), 'worker', ...flags, '--cache', cache],
          { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PARTICLED_LOG_LEVEL: 'warn' } },
        ),
      );
    }
    const { prefix } = segmenterQueueSchema.parse(server.url);
    await until(`${count} workers`, async () => {
      const { fitting } = await fittingWorkers(looker, queueKeys(prefix));
      return fitting.length === count;
    });
  }

  const tasks = await Promise.all(
    paths.map(
      async (path, index): Promise<SegmentTask> => ({
        ...{ path, contentHash: await contentHashOf(path), within: folder },
        ...{ databarHeightPx: 0, pixelSizeNm: 100, stagePositionUm: { x: 0, y: 0 } },
        ...{ model: model.manifest.name, thresholds: model.manifest.thresholds },
        ...{ overlayPath: join(folder, '..', `overlay-${index}.png`), overlayKind: 'outlines' },
      }),
    ),
  );

  try {
    await startWorkers(2);
    await together(queued, tasks.slice(0, 4), AT_ONCE); // each process warms up on its first tiles
    await together(pool, tasks.slice(0, 4), AT_ONCE);
    await overhead(pool, queued, tasks, looker);
    await added(pool, queued, tasks);
    for (const count of [1, 2, 4]) {
      for (const extra of workers.splice(count)) await ended(extra);
      await startWorkers(count);
      await together(queued, tasks.slice(0, count), count);
      const eachMs = await together(queued, tasks, AT_ONCE);
      say(`${count} worker(s) of one process`, `${(1000 / eachMs).toFixed(2).padStart(5)} tiles/s`);
    }
  } finally {
    await queued.close();
    await pool.close();
    for (const worker of workers) await ended(worker);
    looker.disconnect();
    await server.remove();
  }
}

/** Two processes here, and two workers with one each: the same tiles in turns, all of them wanted at once. */
async function overhead(
  pool: Segments,
  queued: Segments,
  tasks: readonly SegmentTask[],
  looker: Redis,
): Promise<void> {
  const own: number[] = [];
  const remote: number[] = [];
  const processorMs = { own: 0, remote: 0 };
  const before = await readings(looker);
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = treeProcessorMs();
    own.push(await together(pool, tasks, AT_ONCE));
    const second = treeProcessorMs();
    remote.push(await together(queued, tasks, AT_ONCE));
    processorMs.own += second - first;
    processorMs.remote += treeProcessorMs() - second;
  }
  const after = await readings(looker);
  const tiles = ROUNDS * tasks.length;
  const kilobytes = (to: number, from: number) => `${((to - from) / tiles / 1000).toFixed(0)} kB`;
  const ratios = remote.map((each, round) => each / own[round]!);
  say('two processes of this daemon', ms(median(own)), 'a tile');
  say('two workers behind the queue', ms(median(remote)), 'a tile');
  say('ratio, round by round', median(ratios).toFixed(2).padStart(5), `(limit 1.15) ${spread(ratios)}`);
  say(
    'processor time, all processes',
    ms(processorMs.own / tiles),
    `and ${ms(processorMs.remote / tiles).trim()} a tile`,
  );
  say('ratio of processor time', (processorMs.remote / processorMs.own).toFixed(2).padStart(5));
  say('into Redis a tile', kilobytes(after.bytesIn, before.bytesIn).padStart(8));
  say('out of Redis a tile', kilobytes(after.bytesOut, before.bytesOut).padStart(8));
  say(
    "Redis's thread a tile",
    `${((1000 * (after.threadS - before.threadS)) / tiles).toFixed(1)} ms`.padStart(8),
  );
  say('commands a tile', ((after.commands - before.commands) / tiles).toFixed(0).padStart(5));
}

/** One tile at a time: what its way through the queue adds. */
async function added(pool: Segments, queued: Segments, tasks: readonly SegmentTask[]): Promise<void> {
  const differences: number[] = [];
  for (const task of tasks) {
    const own = await together(pool, [task], 1);
    differences.push((await together(queued, [task], 1)) - own);
  }
  const sorted = differences.toSorted((a, b) => a - b);
  const quarter = Math.floor(sorted.length / 4);
  const middle = [sorted[quarter]!, sorted[sorted.length - 1 - quarter]!].map((each) => each.toFixed(0));
  say('added to a single tile', ms(median(differences)), `(half of them ${middle.join(' to ')} ms)`);
}

/** Milliseconds a tile, with so many asked for at once. */
async function together(segmenter: Segments, tasks: readonly SegmentTask[], atOnce: number): Promise<number> {
  let next = 0;
  const start = performance.now();
  const one = async () => {
    for (let task = tasks[next++]; task; task = tasks[next++]) await segmenter.segment(task);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return (performance.now() - start) / tasks.length;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
