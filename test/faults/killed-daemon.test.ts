import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { expectEachTileOnce, expectRunCountedOnce } from '../support/each-tile-once.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, type TileBytes, writeInPieces, writeTiles } from '../support/tiles.ts';

describe('a daemon killed (kill -9) in the middle of 30 tiles, again and again', () => {
  it('counts every tile exactly once and delivers every message', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    const settings = settingsFor(place, {
      ...{ mqtt: publishingTo(broker), grid: { rows: 5, columns: 6 } },
      statistics: { border: 'exclude' }, // so that every particle is counted, cut or a duplicate
    });
    const tiles = await simulatedTiles({ rows: 5, columns: 6 });
    // While tiles arrive; after some results; while one is segmented and others arrive; anywhere.
    const moments = [
      { says: 'tile seen', times: 2, thenMs: 100 },
      { says: 'tile segmented', times: 4, thenMs: 0 },
      { says: 'tile seen', times: 3, thenMs: 150 },
      { says: 'tile segmented', times: 7, thenMs: 30 },
    ];
    for (const [index, { says, times, thenMs }] of moments.entries()) {
      const daemon = startDaemonProcess(place, settings);
      await daemon.says('particled is up');
      const microscope = writeSlowly(place.exportFolder, tiles.slice(6 * index, 6 * index + 6));
      await daemon.says(says, times);
      await delay(thenMs);
      await daemon.end('SIGKILL');
      await microscope;
    }
    startDaemonProcess(place, settings);
    await writeSlowly(place.exportFolder, tiles.slice(24));
    const { coverage } = await listener.finalSummary();

    expect(coverage).toMatchObject({ tilesPresent: 30, missing: [], tilesUnseen: 0 });
    await expectRunCountedOnce(place, listener, 30);
  });
});

describe('a daemon killed with messages that no broker has', () => {
  it('delivers them after its next start, under the numbers they were stored with', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    await delay(1500); // the broker writes the listener's session down
    await broker.kill();
    const place = premises();
    const settings = settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 4 } });
    writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 4 }));
    const daemon = startDaemonProcess(place, settings);
    await daemon.says('run ended');
    await daemon.end('SIGKILL');
    expect(listener.heard).toEqual([]);

    await broker.start();
    startDaemonProcess(place, settings);
    expect(await listener.finalSummary()).toMatchObject({ statistics: { tiles: 4 } });
    await expectEachTileOnce(place, listener, 4);
  });
});

describe('a daemon told to end while it segments', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes the tile under way when %s reaches its segmenters too, and leaves the rest waiting',
    async (signal) => {
      const broker = await startedBroker();
      const listener = await listen(broker.url);
      const place = premises();
      const settings = settingsFor(place, {
        ...{ mqtt: publishingTo(broker), grid: { rows: 2, columns: 4 } },
        segmenter: { attempts: 1 },
      });
      writeTiles(place.exportFolder, await simulatedTiles({ rows: 2, columns: 4 }));
      const daemon = startDaemonProcess(place, settings);
      await daemon.says('tile segmented', 2);
      expect(await daemon.endGroup(signal), daemon.stderr()).toBe(0);
      const said = daemon.log().map(({ msg }) => msg);
      expect(said).not.toContain('tile failed, tried again');
      expect(said).not.toContain('tile given up');
      expect(said.slice(said.indexOf('ending'))).toContain('tile segmented');

      startDaemonProcess(place, settings);
      expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 8 } });
      await expectEachTileOnce(place, listener, 8);
    },
  );
});

/** As a microscope that knows nothing of any daemon. */
async function writeSlowly(folder: string, tiles: readonly TileBytes[]): Promise<void> {
  for (const { file, bytes } of tiles) {
    await writeInPieces(join(folder, file), bytes, 2, 40);
    await delay(60);
  }
}
