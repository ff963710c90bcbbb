import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { writeSmallTile } from '../support/small-tile.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { threeParticles, walkOn } from '../support/walk.ts';

describe('a store that somebody else has locked', () => {
  it.each([
    ['while tiles arrive', 'particled is up'],
    ['while tiles are segmented', 'tile segmented'],
  ])('%s costs no tile: the daemon says so, waits and goes on', async (_, moment) => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    const settings = settingsFor(place, {
      ...{ mqtt: publishingTo(broker), grid: { rows: 1, columns: 6 } },
      segmenter: { attempts: 1 },
    });
    const tiles = await simulatedTiles({ rows: 1, columns: 6 });
    if (moment === 'tile segmented') writeTiles(place.exportFolder, tiles);
    const daemon = startDaemonProcess(place, settings);
    await daemon.says(moment);
    // The daemon waits 2 s for a lock: the first is gone right after, the second only after two such waits.
    for (const heldMs of [2600, 5000]) {
      const visitor = new DatabaseSync(place.storeFile, { timeout: 10_000 });
      onTestFinished(() => {
        if (visitor.isOpen) visitor.close();
      });
      visitor.exec('BEGIN IMMEDIATE');
      if (moment === 'particled is up')
        writeTiles(place.exportFolder, heldMs === 2600 ? tiles.slice(0, 3) : tiles.slice(3));
      await delay(heldMs);
      visitor.exec('COMMIT');
      visitor.close();
      await delay(1500);
    }
    expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 6 } });
    expect(listener.setAside()).toEqual([]);
    const store = stored(place.storeFile);
    expect(store.tiles.countByState()).toEqual({ seen: 0, segmented: 6, failed: 0, superseded: 0 });
    expect(store.tiles.ofRun(1).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(daemon.stderr()).toMatch(/database is locked/);
  });
});

describe('a result that cannot be written now', () => {
  it('is kept and written later, without segmenting again', async () => {
    const place = premises();
    const visitor = new DatabaseSync(place.storeFile);
    onTestFinished(() => visitor.close());
    let asked = 0;
    const { take, store, log } = await walkOn(place, {
      settings: { grid: { rows: 1, columns: 1 } },
      segment(task) {
        asked += 1;
        visitor.exec('BEGIN IMMEDIATE');
        // The store waits 2 s for the lock and gives up; then this timer has its turn.
        setTimeout(() => visitor.exec('COMMIT'), 100);
        return threeParticles(task);
      },
    });
    await take(writeSmallTile(place.exportFolder));
    expect(asked).toBe(1);
    expect(store.tiles.countByState()).toMatchObject({ segmented: 1, failed: 0 });
    expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { facts: { err: 'database is locked' }, message: 'cannot go on for now; tried again' },
    ]);
  });
});
