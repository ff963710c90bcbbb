import { onTestFinished } from 'vitest';
import type { Need } from '../support/needs.ts';
import { type RedisProcess, redisBinary, redisProcess } from '../support/redis-process.ts';

export const ofRedis: Need = {
  isMet: redisBinary !== undefined,
  what: 'redis-server: apt install redis-server',
};

/** A real server on a free port, started; it and its files are gone after the test. */
export async function redis(more: readonly string[] = []): Promise<RedisProcess> {
  const server = await redisProcess(more);
  onTestFinished(() => server.remove());
  await server.start();
  return server;
}
