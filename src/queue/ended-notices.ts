import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueKeys } from './connection.ts';
import { daemonOf } from './tile-job.ts';

/**
 * Has each daemon told, on a channel of its own, that a job of its own has ended: nobody hears of the jobs of others.
 * Whoever misses a notice looks at his open jobs by himself.
 */
export function tellEnds(
  worker: Worker,
  redis: Pick<Redis, 'publish'>,
  keys: QueueKeys,
  failed: (error: unknown) => void,
): void {
  const tell = (job: Job | undefined): void => {
    const daemon = daemonOf(job?.id ?? '');
    if (daemon !== null) void redis.publish(keys.ended(daemon), job?.id ?? '').catch(failed);
  };
  worker.on('completed', tell);
  worker.on('failed', tell);
}

/** Hears of the ends of a daemon's jobs, on a connection that does nothing else, and again whenever it is made anew. */
export function hearEnds(
  listening: Redis,
  channel: string,
  hear: (id: string) => void,
  failed: (error: unknown) => void,
): void {
  listening.on('message', (_, id) => hear(id));
  listening.on('ready', () => void listening.subscribe(channel).catch(failed));
}
