import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { QueueConnection } from '../config/queue.ts';
import { messageOf } from '../errors.ts';
import { commandsOf, type QueueEnd } from '../queue/access.ts';
import { connectQueue, queueKeys } from '../queue/connection.ts';
import { fittingWorkers, type WorkersSeen } from '../queue/workers.ts';

/** What a server of the queue says of itself and allows. */
export interface QueueSeen {
  /** `Valkey` or `Redis`, and its version. */
  readonly name: string;
  readonly version: string;
  readonly evictionPolicy: string;
  readonly usedBytes: number;
  /** Null: no limit is set. */
  readonly mostBytes: number | null;
  readonly isKept: boolean;
  /** Commands that this user needs and may not send, each with its keys. */
  readonly forbidden: readonly string[];
  readonly workers: WorkersSeen;
}

const CONNECT_MS = 8000;
const ANSWER_MS = 8000;

/**
 * Connects as a daemon or worker would, and looks; nothing is written.
 * @throws ConfigError where a file cannot be read; Error with the server's or the system's own words
 */
export async function tryQueue(settings: QueueConnection, key: string, end: QueueEnd): Promise<QueueSeen> {
  const redis = connectQueue(settings, key);
  try {
    await within(CONNECT_MS, ready(redis));
    return await within(ANSWER_MS, look(redis, settings.prefix, end));
  } finally {
    redis.disconnect();
  }
}

async function look(redis: Redis, prefix: string, end: QueueEnd): Promise<QueueSeen> {
  const forbidden = await forbiddenCommands(redis, commandsOf(end, prefix));
  const isBlind = forbidden.some((command) => /^(info|smembers|mget)\b/.test(command));
  const info = isBlind ? '' : await redis.info();
  const said = (name: string): string => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
  const most = Number(said('maxmemory'));
  return {
    name: said('server_name') === 'valkey' ? 'Valkey' : 'Redis',
    version: said('valkey_version') || said('redis_version'),
    evictionPolicy: said('maxmemory_policy'),
    usedBytes: Number(said('used_memory')),
    mostBytes: most > 0 ? most : null,
    isKept: said('aof_enabled') === '1',
    forbidden,
    workers: isBlind ? { fitting: [], others: [] } : await fittingWorkers(redis, queueKeys(prefix)),
  };
}

/** Rights are looked at when a transaction takes a command in, and this one is never carried out. */
async function forbiddenCommands(redis: Redis, commands: readonly (readonly string[])[]): Promise<string[]> {
  const trial = redis.duplicate();
  const faults: string[] = [];
  trial.on('error', () => {}); // what it is asked fails
  try {
    await trial.call('MULTI').catch(() => faults.push('multi'));
    const asked = commands.filter(([name]) => name !== 'multi' && name !== 'exec');
    await Promise.all(
      asked.map(async ([name = '', ...rest]) => {
        try {
          await trial.call(name, ...rest);
        } catch (error) {
          if (/NOPERM/.test(messageOf(error))) faults.push([name, ...rest].join(' '));
        }
      }),
    );
  } finally {
    trial.disconnect();
  }
  return faults;
}

function ready(redis: Redis): Promise<void> {
  return new Promise((resolve, reject) => {
    redis.once('ready', () => resolve());
    redis.on('error', reject);
  });
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const late = pause(limitMs, undefined, { ref: false }).then(() => {
    throw new Error(`no answer within ${limitMs / 1000} s`);
  });
  return Promise.race([work, late]);
}
