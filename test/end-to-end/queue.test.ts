import { join } from 'node:path';
import { expect, it } from 'vitest';
import { segmenterQueueSchema } from '../../src/config/queue.ts';
import { ofRedis, redis } from '../queue/redis.ts';
import { particled } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { describeNeeding } from '../support/needs.ts';
import { type Premises, premises, type Settings, settingsFor } from '../support/premises.ts';
import { simulatedTiles, strip, type TileBytes, writeTiles } from '../support/tiles.ts';
import { startWorkerProcess } from '../support/worker-process.ts';

const TILES = 6;

/** A daemon on these tiles, up to its final summary. */
async function measured(
  place: Premises,
  tiles: readonly TileBytes[],
  segmenter: Settings['segmenter'],
  meanwhile = async (_says: (message: string, times: number) => Promise<void>) => {},
) {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const daemon = startDaemonProcess(
    place,
    settingsFor(place, {
      ...{ mqtt: publishingTo(broker), grid: { rows: 1, columns: TILES }, report: { overlays: true } },
      segmenter: { processes: 1, threadsPerProcess: 1, ...segmenter },
    }),
  );
  await daemon.says('particled is up');
  writeTiles(place.exportFolder, tiles);
  await meanwhile(daemon.says);
  const summary = await listener.finalSummary();
  return { summary, daemon };
}

describeNeeding(ofRedis)('a daemon with workers elsewhere', () => {
  it('publishes what it finds alone, though a worker is killed with tiles in hand, and has them all once', async () => {
    const server = await redis();
    const tiles = await simulatedTiles({ ...strip, rows: 1, columns: TILES, seed: 5 });
    const [place, alone] = [premises(), premises()];
    const worker = (name: string) => {
      const cache = join(place.folder, name);
      return startWorkerProcess('--queue', server.url, '--name', name, '--cache', cache, '--processes', '1');
    };
    const [first, second] = [worker('first'), worker('second')];
    await Promise.all([first.says('worker is up'), second.says('worker is up')]);
    const remote = await measured(
      place,
      tiles,
      { queue: segmenterQueueSchema.parse(server.url) },
      async (says) => {
        await says('tile segmented', 1);
        await first.end('SIGKILL');
      },
    );
    expect(remote.daemon.log().filter(({ msg }) => msg === 'tile segmented')).toHaveLength(TILES);
    expect(remote.daemon.stderr()).not.toContain('tiles are segmented on this computer');
    expect(remote.summary).toMatchObject({ state: 'complete', failedTiles: [] });
    expect(await second.end('SIGTERM')).toBe(0);
    expect(await remote.daemon.end('SIGTERM')).toBe(0);

    const local = await measured(alone, tiles, {});
    expect(remote.summary.statistics).toEqual(local.summary.statistics);
  }, 420_000);

  it('segment an archive (analyse --queue) to the figures of this computer alone', async () => {
    const server = await redis();
    const place = premises();
    writeTiles(place.exportFolder, await simulatedTiles({ ...strip, rows: 1, columns: 3, seed: 6 }));
    const cache = join(place.folder, 'cache');
    const worker = startWorkerProcess('--queue', server.url, '--cache', cache, '--processes', '1');
    await worker.says('worker is up');
    const analyse = async (...more: string[]) => {
      const { code, stdout, stderr } = await particled('analyse', place.exportFolder, '--json', ...more);
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout) as { statistics: object }[];
    };
    const [remote] = await analyse('--queue', server.url);
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(worker.log().find(({ msg }) => msg === 'ended')).toMatchObject({ answered: 3 });
    const [local] = await analyse();
    expect(remote?.statistics).toEqual(local?.statistics);
  }, 240_000);
});
