import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './mosquitto-process.ts';

const { REDIS_SERVER } = process.env;
const places = [
  '/usr/bin/valkey-server',
  '/usr/bin/redis-server',
  '/usr/local/bin/valkey-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
];

/** What REDIS_SERVER names, else Valkey where there is one, else Redis; undefined where that is not there. */
export const redisBinary = (REDIS_SERVER ? [REDIS_SERVER] : places).find((path) => existsSync(path));

export interface RedisProcess {
  readonly port: number;
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Freezes it: its connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Kills it and removes its files. */
  remove(): Promise<void>;
}

/** A real server on a free port, not started yet; it remembers over a kill only where `--appendonly yes` is given. */
export async function redisProcess(more: readonly string[] = []): Promise<RedisProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const stay = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder, '--save', ''];
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      child = spawn(redisBinary ?? 'redis-server', [...stay, '--maxmemory-policy', 'noeviction', ...more], {
        stdio: 'ignore',
      });
      await redisListening(port);
    },
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async remove() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Resolves once something listens there. */
export async function redisListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const answered = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (answered) return;
    await delay(25);
  }
  throw new Error(`nothing listens on port ${port}`);
}
