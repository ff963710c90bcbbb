import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Job, WaitingError, Worker } from 'bullmq';
import type { QueueConnection } from '../config/queue.ts';
import { packagedModelsFolder } from '../inference/model/model-folder.ts';
import type { Logger } from '../logger.ts';
import { moduleUrl } from '../module-url.ts';
import { startSegmenterPool } from '../segmenter/pool.ts';
import { softwareVersion } from '../version.ts';
import { connectQueue, QUEUE_NAME, queueKeys } from './connection.ts';
import { PROTOCOL, type WorkerSign } from './contract.ts';
import { tellEnds } from './ended-notices.ts';
import { openModelCache } from './model-cache.ts';
import { outageLog } from './outage-log.ts';
import { leaveAnswer } from './stored-answer.ts';
import { answerTo } from './tile-answer.ts';
import { openTilesFolder } from './tiles-folder.ts';

export interface QueueWorkerOptions {
  readonly queue: QueueConnection;
  readonly name: string;
  readonly processes: number;
  readonly threadsPerProcess: number;
  readonly cacheFolder: string;
  readonly sharedFolder: string | null;
  /** A tile that takes longer counts as a hang. */
  readonly timeoutMs: number;
  /** For how long tiles under way may go on once it is told to end. */
  readonly graceMs: number;
  /** A tile whose worker has been silent for so long is given to another one, within twice the time. */
  readonly lockMs?: number;
  /** How often its segmenters compute their models' known answers again. */
  readonly checkMs?: number;
  readonly packagedFolder?: string;
  readonly logger: Logger;
}

export interface QueueWorker {
  /** Tiles that it has answered. */
  answered(): number;
  /** Finishes what is under way within the grace, gives the rest back, and ends. */
  stop(): Promise<void>;
}

/** Where its connection stands in the configuration. */
const SETTINGS = 'worker.queue';
/** Kill -9 costs a tile the rest of its lock and up to two looks at those that are stalled: 30 s at most. */
const LOCK_MS = 15_000;
/** A tile whose workers die so often is what kills them. */
const STALLED_MOST = 3;
const SIGN_MS = 10_000;
const SIGN_KEPT_S = 35;
const GIVE_BACK_MS = 3000;
const CHECK_MS = 24 * 3_600_000;
const REFUSED_PAUSE_FIRST_MS = 500;
const REFUSED_PAUSE_MOST_MS = 30_000;

/** Takes tiles out of the queue, segments them in processes of its own, and answers. */
export async function startQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const { queue, name, processes, cacheFolder, logger, lockMs = LOCK_MS, checkMs = CHECK_MS } = options;
  const tiles = await openTilesFolder(cacheFolder, name);
  const keys = queueKeys(queue.prefix);
  const redis = connectQueue(queue, SETTINGS);
  const faults = outageLog(queue.url, SETTINGS, logger);
  redis.on('error', faults.failed).on('ready', faults.ready);
  const models = await openModelCache({
    ...{ redis, folder: join(cacheFolder, 'models'), keyOf: keys.model },
    packagedFolder: options.packagedFolder ?? packagedModelsFolder,
  });
  const segmenter = await startSegmenterPool({
    entry: moduleUrl('../segmenter/process', import.meta.url),
    ...{ processes, threadsPerProcess: options.threadsPerProcess, modelsFolder: null, polarity: 'bright' },
    ...{ timeoutMs: options.timeoutMs, logger },
  });
  const parts = {
    ...{ name, redis, models, segmenter, tilesFolder: tiles.path, sharedFolder: options.sharedFolder },
    imageKey: keys.image,
  };
  let underWay = 0;
  let answered = 0;
  let refusedInARow = 0;
  const ending = new AbortController();

  async function answer(job: Job, token?: string): Promise<{ nonce: string }> {
    underWay += 1;
    try {
      return await answerJob(job, token);
    } finally {
      underWay -= 1;
    }
  }

  async function answerJob(job: Job, token?: string): Promise<{ nonce: string }> {
    const id = job.id ?? '';
    const working = answerTo(id, job.data, parts);
    const isGivenBack = await Promise.race([
      working.then(() => false),
      aborted(ending.signal).then(() => true),
    ]);
    if (isGivenBack) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    const { answer: given, overlay } = await working;
    const nonce = randomBytes(16).toString('hex');
    await leaveAnswer(redis, keys.answer(id, nonce), given, overlay);
    answered += 1;
    if (given.kind === 'refused') refuse(given.message, given.refusal);
    else refusedInARow = 0;
    logger.debug({ job: id, kind: given.kind }, 'answered');
    return { nonce };
  }

  /** Who refuses leaves the next tiles to others for a while. */
  function refuse(reason: string, refusal: string): void {
    if (['model-wanted', 'image-gone', 'not-shared'].includes(refusal)) return;
    logger.warn({ reason }, 'a tile is refused');
    const pauseMs = Math.min(REFUSED_PAUSE_FIRST_MS * 2 ** refusedInARow, REFUSED_PAUSE_MOST_MS);
    refusedInARow += 1;
    if (worker.isPaused()) return;
    void worker.pause(true);
    void pause(pauseMs, undefined, { ref: false }).then(() => worker.resume());
  }

  const worker = new Worker(QUEUE_NAME, answer, {
    ...{ connection: redis, prefix: queue.prefix, name },
    // One tile more than processes, so that none idles while an answer is on its way.
    concurrency: processes + 1,
    ...{ lockDuration: lockMs, stalledInterval: lockMs / 2, maxStalledCount: STALLED_MOST },
    runRetryDelay: 1000,
  });
  worker.on('error', faults.failed);
  tellEnds(worker, redis, keys, faults.failed);
  worker.on('stalled', (job) =>
    logger.warn({ job }, 'the worker that had a tile is gone; it is given to another'),
  );

  const sign: WorkerSign = { protocol: PROTOCOL, softwareVersion, worker: name, processes };
  async function tellSign(): Promise<void> {
    if (redis.status !== 'ready') return;
    await redis
      .multi()
      .sadd(keys.workers, name)
      .set(keys.worker(name), JSON.stringify(sign), 'EX', SIGN_KEPT_S)
      .exec();
  }
  const telling = (): void => void tellSign().catch(faults.failed);
  redis.on('ready', telling);
  telling();
  const signs = setInterval(telling, SIGN_MS);
  const checks = setInterval(() => {
    void segmenter.check();
    void tiles.mark();
  }, checkMs);

  return {
    answered: () => answered,
    async stop() {
      clearInterval(signs);
      clearInterval(checks);
      const grace = setTimeout(() => ending.abort(), options.graceMs);
      // Without a tile under way nothing is waited for but the queue's word.
      const graceMs = underWay > 0 ? options.graceMs : 0;
      const late = pause(graceMs + GIVE_BACK_MS, undefined, { ref: false });
      await Promise.race([worker.close(), late]); // a queue that is away takes nothing back: the locks expire
      clearTimeout(grace);
      await segmenter.close();
      if (redis.status === 'ready')
        await redis.multi().srem(keys.workers, name).unlink(keys.worker(name)).exec().catch(faults.failed);
      redis.disconnect();
      await tiles.remove();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
