import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { gone } from './command.ts';
import { freePort } from './mosquitto-process.ts';
import { redisBinary, redisListening } from './redis-process.ts';

/** The example's files, as they are shipped. */
export const queueExample = fileURLToPath(new URL('../../examples/queue', import.meta.url));

const INSPECTOR = 'inspector';

/** A server with the shipped configuration and access list, for daemons and workers that use TLS and passwords. */
export interface SecuredQueue {
  readonly url: string;
  readonly port: number;
  readonly caFile: string;
  /** Who may do all. */
  readonly inspector: Redis;
  /** The settings of each end. */
  readonly daemon: Login;
  readonly worker: Login;
}

export interface Login {
  readonly url: string;
  readonly username: string;
  readonly passwordFile: string;
  readonly caFile: string;
}

/** Makes what the server needs, as docs/scale.md tells, in `folder`/secrets. */
export function makeSecrets(folder: string, ...names: string[]): string {
  const secrets = join(folder, 'secrets');
  execFileSync('sh', [join(queueExample, 'make-secrets.sh'), secrets, ...names], { stdio: 'ignore' });
  return secrets;
}

/** The shipped valkey.conf with the places and the port of this computer. */
function configurationAt(secrets: string, port: number, folder: string): string {
  const file = join(folder, 'valkey.conf');
  const shipped = readFileSync(join(queueExample, 'valkey.conf'), 'utf8');
  const placed = shipped
    .replaceAll('/etc/valkey/', `${secrets}/`)
    .replace('tls-port 6379', `tls-port ${port}`)
    .replace(/^bind .*$/m, 'bind 127.0.0.1');
  writeFileSync(file, `${placed}\ndir ${folder}\n`);
  return file;
}

/** Started in `folder`, and gone after the test. One user more may do all, so that a test can look into it. */
export async function securedQueue(folder: string): Promise<SecuredQueue> {
  const secrets = makeSecrets(folder, '127.0.0.1');
  appendFileSync(join(secrets, 'users.acl'), `user ${INSPECTOR} on nopass ~* &* +@all\n`);
  const port = await freePort();
  await startServer([configurationAt(secrets, port, folder)], port);
  const url = `rediss://127.0.0.1:${port}`;
  const caFile = join(secrets, 'ca.pem');
  const login = (username: string, password: string): Login => ({
    ...{ url, username, caFile },
    passwordFile: join(secrets, password),
  });
  return {
    ...{ url, port, caFile },
    inspector: inspectorOf(url, caFile),
    daemon: login('particled', 'daemon-password'),
    worker: login('particled-worker', 'worker-password'),
  };
}

function inspectorOf(url: string, caFile: string): Redis {
  const inspector = new Redis(url, {
    username: INSPECTOR,
    password: 'any',
    tls: { ca: readFileSync(caFile) },
  });
  onTestFinished(() => inspector.disconnect());
  return inspector;
}

async function startServer(words: readonly string[], port: number): Promise<ChildProcess> {
  const server = spawn(redisBinary ?? 'redis-server', words, { stdio: 'ignore' });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await gone(server);
  });
  await redisListening(port);
  return server;
}
