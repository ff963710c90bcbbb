import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { messageOf } from '../../src/errors.ts';
import { ofMosquitto } from '../publish/mosquitto.ts';
import { ofRedis } from '../queue/redis.ts';
import { cli, environment, gone } from '../support/command.ts';
import { placedHere } from '../support/composed.ts';
import { listen } from '../support/listener.ts';
import { freePort, mosquittoBinary } from '../support/mosquitto-process.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { redisBinary, redisListening } from '../support/redis-process.ts';
import { makeSecrets } from '../support/secured-queue.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

interface Started {
  output(): string;
}

/** A process and its children, gone after the test. */
function start(words: readonly string[], more: Readonly<Record<string, string>> = {}): Started {
  const [command = '', ...rest] = words;
  const child = spawn(command, rest, { env: { ...environment(), ...more }, detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  onTestFinished(async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await gone(child);
  });
  return { output: () => output };
}

/** The exit status of a health check (CMD with words, CMD-SHELL with a line). */
function healthOf(test: readonly string[] | null): number | null {
  const [kind, ...words] = test ?? [];
  const [command = '', ...rest] = kind === 'CMD-SHELL' ? ['sh', '-c', ...words] : words;
  return spawnSync(command, rest).status;
}

describeNeeding({
  isMet: ofMosquitto.isMet && ofRedis.isMet,
  what: `${ofMosquitto.what}; ${ofRedis.what}`,
})('compose.yaml', () => {
  it('takes a sample to its summary with the commands of its services, as processes of this computer', async () => {
    const { folder, exportFolder } = premises();
    const [queuePort, brokerPort] = [await freePort(), await freePort()];
    for (const volume of ['daemon-data', 'worker-cache', 'mosquitto-data', 'valkey-data']) {
      mkdirSync(join(folder, volume));
    }
    const user = spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim();
    const service = placedHere({
      folder,
      folders: { export: exportFolder, secrets: makeSecrets(folder, 'valkey', 'localhost', '127.0.0.1') },
      words: {
        ...{ 'valkey:6379': `127.0.0.1:${queuePort}`, 'mosquitto:1883': `127.0.0.1:${brokerPort}` },
        ...{ 'tls-port 6379': `tls-port ${queuePort}`, 'bind * -::*': 'bind 127.0.0.1' },
        ...{
          'save ""': `save ""\ndir ${folder}/valkey-data`,
          '-h localhost': `-h localhost -p ${queuePort}`,
        },
        ...{ 'valkey-cli': 'redis-cli', 'listener 1883': `user ${user}\nlistener ${brokerPort} 127.0.0.1` },
      },
    });
    const [broker, queue, worker, daemon] = ['mosquitto', 'valkey', 'worker', 'daemon'].map(service);
    if (!broker || !queue || !worker || !daemon) throw new Error('a service is missing');

    start([mosquittoBinary ?? '', ...broker.command.slice(1)]);
    start([redisBinary ?? '', ...queue.command.slice(1)]);
    await redisListening(brokerPort);
    await redisListening(queuePort);
    expect(healthOf(queue.health)).toBe(0);
    const listener = await listen(`mqtt://127.0.0.1:${brokerPort}`);
    expect(worker.replicas).toBe(2);
    const cache = join(folder, 'worker-cache');
    const workers = Array.from({ length: worker.replicas }, () =>
      start([process.execPath, cli, ...worker.command], {
        ...{ PARTICLED_WORKER_CACHE_FOLDER: cache, PARTICLED_WORKER_THREADS_PER_PROCESS: '1' },
      }),
    );
    for (const each of workers)
      await until('a worker', () => each.output().includes('worker is up'), { describe: each.output });
    const running = start([process.execPath, cli, ...daemon.command], {
      // A sample of 4 tiles instead of 288.
      ...{ PARTICLED_GRID_ROWS: '1', PARTICLED_GRID_COLUMNS: '4', PARTICLED_SEGMENTER_PROCESSES: '1' },
    });
    await until('the daemon', () => running.output().includes('particled is up'), {
      describe: running.output,
    });
    writeTiles(exportFolder, await simulatedTiles({ rows: 1, columns: 4, seed: 3 }));
    const summary = await listener.finalSummary().catch((error: unknown) => {
      throw new Error(`${messageOf(error)}\n${running.output()}`);
    });
    expect(summary).toMatchObject({ instrument: 'phenom', state: 'complete', statistics: { tiles: 4 } });
    expect(running.output()).not.toContain('tiles are segmented on this computer');
  }, 600_000);
});
