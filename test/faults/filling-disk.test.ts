import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

/** A real file system of 64 MB in memory, which only root may mount. */
function smallDisk(folder: string): boolean {
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return true;
}

function fillTo(freeMb: number, disk: string): void {
  const ballast = join(disk, 'ballast');
  rmSync(ballast, { force: true });
  const { bavail, bsize } = statfsSync(disk);
  const bytes = bavail * bsize - freeMb * 1e6;
  if (bytes > 0) writeFileSync(ballast, Buffer.alloc(bytes));
}

it('a disk that fills costs first outlines, then time, and no tile', async ({ skip }) => {
  const place = premises();
  const disk = join(place.folder, 'disk');
  if (!smallDisk(disk)) return skip('mounting a small file system needs root');
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const settings = settingsFor(place, {
    mqtt: publishingTo(broker),
    grid: { rows: 1, columns: 4, stallAfterS: 6 },
    store: { file: join(disk, 'particled.db') },
    report: { folder: join(disk, 'reports'), overlays: true },
    disk: { overlaysFreeGb: 0.03, tilesFreeGb: 0.015 },
  });
  const tiles = await simulatedTiles({ rows: 1, columns: 4, sampleLabel: 'powder' });
  const put = (...indices: number[]) =>
    writeTiles(
      place.exportFolder,
      indices.map((index) => tiles[index]!),
    );
  const overlays = () =>
    existsSync(join(disk, 'reports'))
      ? readdirSync(join(disk, 'reports'), { recursive: true }).filter((name) =>
          /overlays\/.+\.png$/.test(`${name}`),
        )
      : [];
  const status = () => listener.statuses().at(-1);
  const told = (health: string) => until(`the health ${health}`, () => status()?.health === health);

  const daemon = startDaemonProcess(place, settings);
  await daemon.says('particled is up');
  put(0);
  await until('the first tile', () => listener.tiles().length === 1);
  expect(overlays()).toHaveLength(1);

  fillTo(22, disk);
  await told('maintenance-required');
  expect(status()?.reasons.join()).toMatch(
    /only 2\d MB free for .*disk \(store\.file\), so outlines of tiles are no longer kept, sizes are; make room: 33 MB or more/,
  );
  put(1);
  await until('the second tile', () => listener.tiles().length === 2);
  expect(overlays()).toHaveLength(1);

  fillTo(8, disk);
  await told('failure');
  expect(status()?.reasons[0]).toMatch(
    /^tiles wait: only .* \(store\.file\), less than disk\.tilesFreeGb \(0\.015\); make room: they go on by themselves at 17 MB/,
  );
  put(2, 3);
  await pause(9_000); // longer than a run's silence
  expect(listener.tiles()).toHaveLength(2);
  expect(listener.summaries().filter(({ final }) => final)).toEqual([]);

  fillTo(60, disk);
  const summary = await listener.finalSummary();
  expect(summary).toMatchObject({ state: 'complete', statistics: { tiles: 4 } });
  await told('normal');
  expect(listener.tiles()).toHaveLength(4);
  expect(listener.setAside()).toEqual([]);
  expect(overlays()).toHaveLength(3);
  expect(listener.sequences()).toEqual(listener.sequences().map((_, index) => index + 1));
  expect(await daemon.end('SIGTERM')).toBe(0);
});
