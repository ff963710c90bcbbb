import type { Redis } from 'ioredis';
import { softwareVersion } from '../version.ts';
import type { QueueKeys } from './connection.ts';
import { PROTOCOL, type WorkerSign, workerSignSchema } from './contract.ts';

/** The workers that live, and of them those that can take this daemon's tiles. */
export interface WorkersSeen {
  readonly fitting: readonly WorkerSign[];
  readonly others: readonly WorkerSign[];
}

export async function fittingWorkers(redis: Redis, keys: QueueKeys): Promise<WorkersSeen> {
  const names = await redis.smembers(keys.workers);
  if (names.length === 0) return { fitting: [], others: [] };
  const signs = await redis.mget(names.map(keys.worker));
  const gone = names.filter((_, at) => signs[at] === null);
  if (gone.length > 0) await redis.srem(keys.workers, ...gone);
  const living = signs.flatMap((text) => (text ? signOf(text) : []));
  const isFitting = (sign: WorkerSign): boolean =>
    sign.protocol === PROTOCOL && sign.softwareVersion === softwareVersion;
  return { fitting: living.filter(isFitting), others: living.filter((sign) => !isFitting(sign)) };
}

function signOf(text: string): WorkerSign[] {
  try {
    return [workerSignSchema.parse(JSON.parse(text))];
  } catch {
    return []; // another program's, or rubbish
  }
}
