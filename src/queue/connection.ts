import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { QueueConnection } from '../config/queue.ts';
import { readSecret } from '../config/secret.ts';
import { ConfigError, messageOf } from '../errors.ts';

/** The one queue below the prefix. */
export const QUEUE_NAME = 'tiles';

/** A connection without an answer for so long is made anew: longer than any blocking command, or than a large file takes. */
const SILENT_MS = 30_000;
const RECONNECT_MOST_MS = 2000;

/**
 * Connects, and connects again for ever.
 * @param key where the settings stand, for what is said of their files
 * @throws ConfigError where a file that they name cannot be used
 */
export function connectQueue(settings: QueueConnection, key: string): Redis {
  const { url, username, passwordFile } = settings;
  const redis = new Redis(url, {
    ...(username !== null && { username }),
    ...(passwordFile !== null && { password: readSecret(passwordFile, `${key}.passwordFile`) }),
    ...(url.startsWith('rediss:') && { tls: tlsOf(settings, key) }),
    // What was asked during an outage is answered after it; whoever cannot wait watches the connection's state.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 10), RECONNECT_MOST_MS),
    connectTimeout: 5000,
    socketTimeout: SILENT_MS,
    keepAlive: 5000,
    // The library's name at the server would be a command more to allow.
    disableClientInfo: true,
  });
  redis.on('error', (error: Error & { command?: { name: string } }) => {
    // The library would go on in database 0, where the other end may not be.
    if (error.command?.name === 'select') redis.disconnect(true);
  });
  return redis;
}

/** The names of what particled keeps beside BullMQ's own keys. */
export function queueKeys(prefix: string) {
  return {
    /** Bytes of a tile, while its job waits. */
    image: (job: string) => `${prefix}:image:${job}`,
    /** What a worker found, with the overlay. */
    answer: (job: string, nonce: string) => `${prefix}:answer:${job}:${nonce}`,
    /** No key but a channel: which jobs of a daemon have ended. */
    ended: (daemon: string) => `${prefix}:ended:${daemon}`,
    /** The files of a model. */
    model: (filesSha256: string) => `${prefix}:model:${filesSha256}`,
    /** Names of workers, and what each says of itself for as long as it lives. */
    workers: `${prefix}:workers`,
    worker: (name: string) => `${prefix}:worker:${name}`,
  };
}

export type QueueKeys = ReturnType<typeof queueKeys>;

function tlsOf({ caFile, certFile, keyFile }: QueueConnection, key: string) {
  return {
    ...(caFile !== null && { ca: pem(caFile, `${key}.caFile`) }),
    ...(certFile !== null && { cert: pem(certFile, `${key}.certFile`) }),
    ...(keyFile !== null && { key: pem(keyFile, `${key}.keyFile`) }),
  };
}

function pem(file: string, key: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigError(file, [`${key}: cannot be read (${messageOf(error)}); check path and permissions`]);
  }
}
