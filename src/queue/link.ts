import { setTimeout as pause } from 'node:timers/promises';
import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueConnection } from '../config/queue.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { connectQueue, QUEUE_NAME, type QueueKeys, queueKeys } from './connection.ts';

/** What becomes of jobs is told by a stream of so many events; who misses one looks by himself. */
const EVENTS_KEPT = 1000;
const EVENTS_BLOCK_MS = 5000;
const CLOSE_MOST_MS = 1000;

/** A daemon's connection to the queue. */
export interface QueueLink {
  readonly redis: Redis;
  readonly queue: Queue;
  readonly keys: QueueKeys;
  /** Whether it answers now. */
  isReady(): boolean;
  /** Resolves once it answers; rejects when the signal ends it. */
  ready(signal: AbortSignal): Promise<void>;
  /** By the steady clock since when it is away; null while it is not. */
  awaySinceMs(): number | null;
  /** Why it is away, as far as the network has said. */
  fault(): string | null;
  /** Hears that something has become of a job. */
  onJob(hear: (id: string, event: 'active' | 'ended' | 'moved') => void): void;
  /** Hears that the connection is there, at first and again. */
  onReady(hear: () => void): void;
  close(): Promise<void>;
}

export function openQueueLink(settings: QueueConnection, key: string, logger: Logger): QueueLink {
  const { prefix } = settings;
  const redis = connectQueue(settings, key);
  const listening = redis.duplicate();
  const queue = new Queue(QUEUE_NAME, {
    ...{ connection: redis, prefix },
    streams: { events: { maxLen: EVENTS_KEPT } },
  });
  const events = new QueueEvents(QUEUE_NAME, {
    ...{ connection: listening, prefix, blockingTimeout: EVENTS_BLOCK_MS },
  });
  let awaySinceMs: number | null = performance.now();
  let fault: string | null = null;
  const failed = (error: unknown): void => {
    const before = fault;
    fault = messageOf(error) || 'no answer';
    // A close says so where it was there; one that never was, or is denied now, is said here, once for each reason.
    if (awaySinceMs !== null && fault !== before)
      logger.warn({ queue: settings.url, reason: fault }, 'queue does not answer; it is tried again');
  };
  for (const part of [redis, listening]) part.on('error', failed);
  queue.on('error', failed);
  events.on('error', failed);
  redis.on('ready', () => {
    if (awaySinceMs !== null) logger.info({ queue: settings.url }, 'queue is connected');
    awaySinceMs = null;
    fault = null;
  });
  redis.on('close', () => {
    if (awaySinceMs !== null) return;
    awaySinceMs = performance.now();
    logger.warn({ queue: settings.url, reason: fault }, 'queue is away; tiles wait for it');
  });
  return {
    ...{ redis, queue, keys: queueKeys(prefix) },
    isReady: () => redis.status === 'ready',
    ready: (signal) => whenReady(redis, signal),
    awaySinceMs: () => awaySinceMs,
    fault: () => fault,
    onJob(hear) {
      events.on('active', ({ jobId }) => hear(jobId, 'active'));
      events.on('completed', ({ jobId }) => hear(jobId, 'ended'));
      events.on('failed', ({ jobId }) => hear(jobId, 'ended'));
      events.on('removed', ({ jobId }) => hear(jobId, 'moved'));
      events.on('stalled', ({ jobId }) => hear(jobId, 'moved'));
    },
    onReady(hear) {
      redis.on('ready', hear);
      if (redis.status === 'ready') hear();
    },
    async close() {
      const closed = Promise.allSettled([queue.close(), events.close()]);
      // What waits for a server that is away ends with its connection.
      listening.disconnect();
      redis.disconnect();
      await Promise.race([closed, pause(CLOSE_MOST_MS, undefined, { ref: false })]);
    },
  };
}

async function whenReady(redis: Redis, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const ready = (): void => {
      signal.removeEventListener('abort', ended);
      resolve();
    };
    const ended = (): void => {
      redis.off('ready', ready);
      reject(signal.reason);
    };
    redis.once('ready', ready);
    signal.addEventListener('abort', ended, { once: true });
  });
}
