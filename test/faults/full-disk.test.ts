import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { itNeeding } from '../support/needs.ts';
import { type Premises, premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

/** A disk of 8 MB of its own. */
function smallDisk({ folder }: Premises): string {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
  onTestFinished(() => void spawnSync('umount', ['--lazy', disk]));
  return disk;
}

const ofMount = {
  isMet: process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0,
  what: 'to be root where file systems may be mounted',
};

itNeeding(ofMount)('a disk that is full costs no tile: the daemon says so, waits and goes on', async () => {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const place = premises();
  const disk = smallDisk(place);
  const grid = { rows: 1, columns: 4 };
  const tiles = await simulatedTiles(grid);
  const settings = settingsFor(place, {
    ...{ mqtt: publishingTo(broker), grid, segmenter: { attempts: 1 } },
    store: { file: join(disk, 'particled.db') },
    disk: { overlaysFreeGb: 0, tilesFreeGb: 0 }, // or it would wait before the disk is full
  });
  const daemon = startDaemonProcess(place, settings);
  writeTiles(place.exportFolder, tiles.slice(0, 1));
  await daemon.says('tile segmented');
  const filler = join(disk, 'filler');
  fill(filler);
  writeTiles(place.exportFolder, tiles.slice(1));
  await daemon.says('cannot go on for now; tried again');
  await delay(1000);
  expect(listener.tiles()).toHaveLength(1); // what is not stored is not said

  rmSync(filler);
  expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 4 } });
  expect(listener.setAside()).toEqual([]);
  expect(daemon.stderr()).toMatch(/database or disk is full/);
});

/** Until not a page is left, whatever the daemon takes meanwhile. */
function fill(file: string): void {
  const page = Buffer.alloc(4096);
  try {
    for (;;) appendFileSync(file, page);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
