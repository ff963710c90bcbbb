import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueConnection } from '../config/queue.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { queueAdvice } from './advice.ts';
import { connectQueue, QUEUE_NAME, type QueueKeys, queueKeys } from './connection.ts';
import { hearEnds } from './ended-notices.ts';

/** BullMQ keeps a stream of what becomes of all jobs, which nobody reads: a few of the newest stay. */
const EVENTS_KEPT = 10;
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
  /** Hears that a job of this daemon has ended; a notice may be lost with a connection. */
  onEnded(hear: (id: string) => void): void;
  /** Hears that the connection is there, at first and again. */
  onReady(hear: () => void): void;
  close(): Promise<void>;
}

/**
 * @param key where the settings stand
 * @param daemon id of its store
 */
export function openQueueLink(
  settings: QueueConnection,
  key: string,
  daemon: string,
  logger: Logger,
): QueueLink {
  const { prefix } = settings;
  const keys = queueKeys(prefix);
  const redis = connectQueue(settings, key);
  const listening = redis.duplicate({ autoResubscribe: false });
  const queue = new Queue(QUEUE_NAME, {
    ...{ connection: redis, prefix },
    streams: { events: { maxLen: EVENTS_KEPT } },
  });
  let awaySinceMs: number | null = performance.now();
  let fault: string | null = null;
  let wasConnected = false;
  let isClosing = false;
  const failed = (error: unknown): void => {
    const before = fault;
    fault = messageOf(error) || 'no answer';
    // A close says so where it was there; one that never was, or is denied now, is said here, once for each reason.
    if (awaySinceMs !== null && fault !== before)
      logger.warn(
        { queue: settings.url, reason: fault, advice: queueAdvice(fault, key, wasConnected) },
        'queue does not answer; it is tried again',
      );
  };
  for (const part of [redis, listening]) part.on('error', failed);
  queue.on('error', failed);
  const deaf = (error: unknown): void => {
    if (listening.status === 'ready')
      logger.warn(
        { queue: settings.url, reason: messageOf(error), advice: queueAdvice(messageOf(error), key, true) },
        'queue tells no ends of tiles, which are then found some seconds late',
      );
  };
  redis.on('ready', () => {
    if (awaySinceMs !== null) logger.info({ queue: settings.url }, 'queue is connected');
    awaySinceMs = null;
    fault = null;
    wasConnected = true;
  });
  redis.on('close', () => {
    if (awaySinceMs !== null || isClosing) return;
    awaySinceMs = performance.now();
    logger.warn({ queue: settings.url, reason: fault }, 'queue is away; tiles wait for it');
  });
  return {
    ...{ redis, queue, keys },
    isReady: () => redis.status === 'ready',
    ready: (signal) => whenReady(redis, signal),
    awaySinceMs: () => awaySinceMs,
    fault: () => fault,
    onEnded: (hear) => hearEnds(listening, keys.ended(daemon), hear, deaf),
    onReady(hear) {
      redis.on('ready', hear);
      if (redis.status === 'ready') hear();
    },
    async close() {
      isClosing = true;
      const closed = queue.close().catch(() => {});
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
