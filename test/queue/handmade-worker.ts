import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { QUEUE_NAME, queueKeys } from '../../src/queue/connection.ts';
import { PROTOCOL, type TileJob, tileJobSchema } from '../../src/queue/contract.ts';
import { tellEnds } from '../../src/queue/ended-notices.ts';
import { softwareVersion } from '../../src/version.ts';

/** What a program that is no worker of ours puts in the place of an answer. */
export interface GivenAnswer {
  readonly answer: unknown;
  readonly overlay?: Buffer;
}

const NONCE = '0'.repeat(32);
export const KEYS = queueKeys('particled');

/** A client of the server, closed after the test. */
export function client(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => {});
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** Takes one job after another, and answers each with what `answer` gives; ended after the test. */
export async function handmadeWorker(
  url: string,
  answer: (job: TileJob, id: string) => Promise<GivenAnswer> | GivenAnswer,
): Promise<Worker> {
  const redis = client(url);
  const worker = new Worker(
    QUEUE_NAME,
    async ({ id = '', data }) => {
      const given = await answer(tileJobSchema.parse(data), id);
      await redis.hset(KEYS.answer(id, NONCE), 'answer', JSON.stringify(given.answer));
      if (given.overlay) await redis.hset(KEYS.answer(id, NONCE), 'overlay', given.overlay);
      return { nonce: NONCE };
    },
    { connection: redis, prefix: 'particled', lockDuration: 2000, stalledInterval: 1000 },
  );
  worker.on('error', () => {});
  tellEnds(worker, redis, KEYS, () => {});
  onTestFinished(() => worker.close(true));
  await worker.waitUntilReady();
  return worker;
}

/** The beginning of an honest answer. */
export const answering = (job: TileJob, worker = 'handmade') => ({
  ...{ protocol: PROTOCOL, contentHash: job.contentHash, worker, softwareVersion },
});

/** Has the queue believe that a worker lives. */
export async function sign(redis: Redis, worker: string, version = softwareVersion): Promise<void> {
  await redis.sadd(KEYS.workers, worker);
  const said = { protocol: PROTOCOL, softwareVersion: version, worker, processes: 1 };
  await redis.set(KEYS.worker(worker), JSON.stringify(said), 'EX', 60);
}
