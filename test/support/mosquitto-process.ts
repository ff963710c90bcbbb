import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Undefined where it is not installed. */
export const mosquittoBinary = [
  '/usr/sbin/mosquitto',
  '/usr/local/sbin/mosquitto',
  '/opt/homebrew/sbin/mosquitto',
].find((path) => existsSync(path));

export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Freezes it: its connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Makes it read its configuration's files again. */
  reload(): void;
  /** Kills it and removes its files. */
  remove(): Promise<void>;
}

/** A real broker on a free port, not started yet; it keeps the sessions of its subscribers when it is killed. */
export async function mosquittoProcess(listener: readonly string[] = []): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-mosquitto-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  const user = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
  writeFileSync(
    config,
    [
      `listener ${port} 127.0.0.1`,
      ...listener,
      ...(listener.some((line) => line.startsWith('allow_anonymous')) ? [] : ['allow_anonymous true']),
      `user ${user}`,
      'persistence true',
      `persistence_location ${folder}/`,
      'autosave_on_changes true',
      'autosave_interval 1',
      'log_type none',
      '',
    ].join('\n'),
  );
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    async start() {
      child = spawn(mosquittoBinary ?? 'mosquitto', ['-c', config], { stdio: 'ignore' });
      await listening(port);
    },
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    reload: () => void child?.kill('SIGHUP'),
    async remove() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const answered = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (answered) return;
    await delay(25);
  }
  throw new Error(`mosquitto does not listen on port ${port}`);
}
