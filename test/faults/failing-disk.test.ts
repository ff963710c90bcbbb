import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { failingDisk } from '../support/failing-disk.ts';
import { listen } from '../support/listener.ts';
import { itNeeding } from '../support/needs.ts';
import { ofPreloading } from '../support/preloaded.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

describe('a disk that gives I/O errors for the store', () => {
  for (const call of ['write', 'sync'] as const) {
    itNeeding(ofPreloading)(
      `when asked to ${call} costs no tile: the daemon acknowledges nothing, says so and goes on`,
      async () => {
        const broker = await startedBroker();
        const listener = await listen(broker.url);
        const place = premises();
        const disk = failingDisk(place, call, place.storeFile);
        const grid = { rows: 1, columns: 4 };
        const tiles = await simulatedTiles(grid);
        const settings = settingsFor(place, {
          ...{ mqtt: publishingTo(broker), grid, segmenter: { attempts: 1 } },
        });
        const daemon = startDaemonProcess(place, settings, disk.env);
        writeTiles(place.exportFolder, tiles.slice(0, 1));
        await until('the first tile', () => listener.tiles().length === 1, { describe: daemon.stderr });
        disk.fail();
        writeTiles(place.exportFolder, tiles.slice(1));
        await daemon.says('cannot go on for now; tried again');
        const status = () => listener.statuses().at(-1);
        await until('a health of failure', () => status()?.health === 'failure');
        expect(status()?.reasons.join()).toContain('disk I/O error');
        await delay(1500); // longer than the pause between two tries
        expect(listener.tiles()).toHaveLength(1); // what is not stored is not said

        disk.recover();
        expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 4 } });
        expect(listener.setAside()).toEqual([]);
        await until('normal health', () => status()?.health === 'normal');
        expect(await daemon.end('SIGTERM')).toBe(0);
        const store = stored(place.storeFile);
        expect(store.tiles.countByState()).toMatchObject({ segmented: 4, failed: 0 });
      },
    );
  }

  itNeeding(ofPreloading)('when asked to read makes summaries wait, and says so once', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    const disk = failingDisk(place, 'read', place.storeFile);
    const grid = { rows: 1, columns: 4 };
    const tiles = await simulatedTiles(grid);
    const settings = settingsFor(place, { mqtt: publishingTo(broker), grid });
    const daemon = startDaemonProcess(place, settings, disk.env);
    writeTiles(place.exportFolder, tiles.slice(0, 1));
    await until('the first tile', () => listener.tiles().length === 1, { describe: daemon.stderr });
    disk.fail();
    writeTiles(place.exportFolder, tiles.slice(1));
    await daemon.says('summary not written; tried again');
    const status = () => listener.statuses().at(-1);
    await until('a health of failure', () => status()?.health === 'failure');
    expect(status()?.diagnoses.map(({ code }) => code)).toContain('summary-not-made');
    await delay(3000); // three more tries

    disk.recover();
    expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 4 } });
    await until('normal health', () => status()?.health === 'normal');
    expect(daemon.log().filter(({ msg }) => msg === 'summary not written; tried again')).toHaveLength(1);
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});
