import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { externalBroker, publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

const grid = { rows: 2, columns: 6 };

describe('a broker that is down when the daemon starts', () => {
  it('gets everything once it is there, in order, and the daemon works meanwhile', async () => {
    const broker = await externalBroker();
    const place = premises();
    writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 3 }));
    const settings = settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 3 } });
    const daemon = startDaemonProcess(place, settings);
    await daemon.says('run ended');
    const warnings = daemon.log().filter(({ msg }) => msg.startsWith('no connection to broker'));
    expect(warnings).toHaveLength(1);
    // It can be told to end all the same.
    expect(await daemon.end('SIGTERM'), daemon.stderr()).toBe(0);

    startDaemonProcess(place, settings);
    await broker.start();
    const listener = await listen(broker.url);
    expect(await listener.finalSummary()).toMatchObject({ statistics: { tiles: 3 } });
    // What is not retained had no listener yet, so it may have missed some; the summary is the last message.
    const sequences = listener.sequences();
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    await until('normal health', () => listener.statuses().at(-1)?.health === 'normal');
  });
});

describe('a broker that is killed and comes back while tiles are segmented', () => {
  it('misses nothing, and gets what it missed in order', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    await delay(1500); // it writes the listener's session down
    const place = premises();
    writeTiles(place.exportFolder, await simulatedTiles(grid));
    const daemon = startDaemonProcess(place, settingsFor(place, { mqtt: publishingTo(broker), grid }));
    for (const segmented of [2, 6]) {
      await daemon.says('tile segmented', segmented);
      await broker.kill();
      await daemon.says('tile segmented', segmented + 2);
      expect(stored(place.storeFile).outboxDepth()).toBeGreaterThan(0);
      await broker.start();
    }
    expect(await listener.finalSummary()).toMatchObject({ statistics: { tiles: 12 }, failedTiles: [] });
    // The killed broker may give its listener some messages again, so each one's first arrival counts.
    const sequences = listener.sequences();
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    await until('an empty outbox', () => stored(place.storeFile).outboxDepth() === 0);
    expect(new Set(listener.tiles().map(({ tile }) => tile.contentHash)).size).toBe(12);
  });

  it('is noticed when it is frozen, and gets everything when it thaws', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    const mqtt = { ...publishingTo(broker), keepaliveS: 2 };
    const daemon = startDaemonProcess(place, settingsFor(place, { mqtt, grid: { rows: 1, columns: 3 } }));
    await daemon.says('connected to broker');
    broker.freeze();
    writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 3 }));
    await daemon.says('run ended');
    await until('the loss noticed', () => daemon.log().some(({ msg }) => msg.startsWith('no connection')));
    broker.thaw();
    expect(await listener.finalSummary()).toMatchObject({ statistics: { tiles: 3 } });
    const sequences = listener.sequences();
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  });
});
