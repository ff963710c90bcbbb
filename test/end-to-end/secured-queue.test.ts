import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { segmenterQueueSchema } from '../../src/config/queue.ts';
import { daemonEnd, stripTasks, worker } from '../queue/parts.ts';
import { ofRedis } from '../queue/redis.ts';
import { type LoggingProcess, startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { describeNeeding } from '../support/needs.ts';
import { type Premises, premises, settingsFor } from '../support/premises.ts';
import { type Login, securedQueue } from '../support/secured-queue.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

function startWorker({ folder }: Premises, login: Login): LoggingProcess {
  const { url, username, passwordFile, caFile } = login;
  return startWorkerProcess(
    ...['--queue', url, '--username', username, '--password-file', passwordFile, '--ca', caFile],
    ...['--processes', '1', '--threads', '1', '--name', 'bench-1', '--cache', join(folder, 'cache')],
  );
}

/** Connected as this user, with his rights. */
function userOf({ url, username, passwordFile, caFile }: Login): Redis {
  const password = readFileSync(passwordFile, 'utf8').trim();
  const user = new Redis(url, {
    username,
    password,
    tls: { ca: readFileSync(caFile) },
    disableClientInfo: true,
  });
  onTestFinished(() => user.disconnect());
  return user;
}

describeNeeding(ofRedis)('a queue with the shipped configuration and access list', () => {
  it('takes a sample through a daemon and a worker by TLS, and refuses them nothing that they ask', async () => {
    const place = premises();
    const queue = await securedQueue(place.folder);
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const remote = startWorker(place, queue.worker);
    await remote.says('worker is up');
    const settings = settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 3 } });
    const daemon = startDaemonProcess(place, {
      ...settings,
      segmenter: { ...settings.segmenter, queue: segmenterQueueSchema.parse(queue.daemon) },
    });
    await daemon.says('particled is up');
    writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 3, seed: 3 }));
    const summary = await listener.finalSummary();
    expect(summary.statistics.tiles).toBe(3);
    expect(daemon.log().map(({ msg }) => msg)).not.toContain('tiles are segmented on this computer');
    expect(await remote.end('SIGTERM')).toBe(0);
    expect(remote.stderr()).toContain('"answered":3');
    expect(await daemon.end('SIGTERM')).toBe(0);
    expect(await queue.inspector.call('ACL', 'LOG')).toEqual([]);
  });

  it('lets a daemon send a model that a worker lacks', async () => {
    const place = premises();
    const queue = await securedQueue(place.folder);
    const packagedFolder = join(place.folder, 'none');
    mkdirSync(packagedFolder);
    await worker(place, queue.url, { queue: segmenterQueueSchema.parse(queue.worker), packagedFolder });
    const end = await daemonEnd(queue.url, { queue: queue.daemon });
    const [task] = await stripTasks(place, 1);
    const { model } = await end.segment(task!);
    expect(model.name).toBe(task!.model);
    expect(await queue.inspector.keys('particled:model:*')).toHaveLength(1);
    expect(await queue.inspector.call('ACL', 'LOG')).toEqual([]);
  });

  it("lets a worker's password neither empty nor read nor set the server, nor change a model or a tile", async () => {
    const queue = await securedQueue(premises().folder);
    await queue.inspector.set('other:key', 'of somebody else');
    const user = userOf(queue.worker);
    for (const words of [
      ...[['FLUSHALL'], ['FLUSHDB'], ['CONFIG', 'GET', '*'], ['KEYS', '*'], ['SCAN', '0'], ['SHUTDOWN']],
      ...[['ACL', 'LIST'], ['MONITOR'], ['CLIENT', 'LIST'], ['SCRIPT', 'FLUSH'], ['GET', 'other:key']],
      ...[
        ['SET', 'other:key', 'x'],
        ['DEL', 'particled:image:a'],
        ['HSET', 'particled:model:a', 'f', 'x'],
      ],
      ['EVAL', "return redis.call('GET', 'other:key')", '0'],
    ]) {
      const [command = '', ...rest] = words;
      await expect(user.call(command, ...rest), words.join(' ')).rejects.toThrow(
        /NOPERM|can't access at least one of the keys|ACL failure in script/,
      );
    }
    const daemon = userOf(queue.daemon);
    for (const words of [['FLUSHALL'], ['CONFIG', 'GET', '*'], ['KEYS', '*'], ['GET', 'other:key']]) {
      const [command = '', ...rest] = words;
      await expect(daemon.call(command, ...rest), words.join(' ')).rejects.toThrow(/NOPERM/);
    }
    expect(await queue.inspector.get('other:key')).toBe('of somebody else');
  });
});
