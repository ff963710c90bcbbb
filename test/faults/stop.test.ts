import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

/** A daemon whose segmenter has a tile in hand and is frozen. */
async function frozenAtWork() {
  const place = premises();
  const settings = settingsFor(place, {
    mqtt: { broker: 'embedded', port: 0 },
    grid: { rows: 1, columns: 1 },
  });
  const daemon = startDaemonProcess(place, settings);
  await daemon.says('particled is up');
  writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 1, widthPx: 480, heightPx: 480 }));
  await daemon.says('tile seen');
  const segmenters = daemon.segmenters();
  for (const pid of segmenters) process.kill(pid, 'SIGSTOP');
  return { place, settings, daemon, segmenters };
}

function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

it('a daemon told to end while a segmenter hangs ends within 5 s; the tile waits for the next start', async () => {
  const { place, settings, daemon, segmenters } = await frozenAtWork();
  const before = performance.now();
  expect(await daemon.end('SIGTERM')).toBe(0);
  expect(performance.now() - before).toBeLessThan(5000);
  expect(segmenters.filter(isAlive)).toEqual([]);
  expect(stored(place.storeFile).tiles.ofRun(1)).toMatchObject([{ state: 'seen', attempts: 0 }]);
  const next = startDaemonProcess(place, settings);
  await next.says('tile segmented');
});

it('a second SIGTERM ends the daemon at once, and says so', async () => {
  const { daemon, segmenters } = await frozenAtWork();
  daemon.signal('SIGTERM');
  await daemon.says('ending');
  expect(await daemon.end('SIGTERM')).toBe(128 + 15);
  expect(daemon.log().at(-1)?.msg).toMatch(/^second signal: ended at once/);
  await until('no segmenter', () => !segmenters.some(isAlive), { timeoutMs: 5000 });
});

it('a daemon told to end while it starts ends, and leaves no process', async () => {
  const place = premises();
  const daemon = startDaemonProcess(place, settingsFor(place, { mqtt: { broker: 'embedded', port: 0 } }));
  await until('a segmenter', () => daemon.segmenters().length > 0);
  const segmenters = daemon.segmenters();
  expect(await daemon.end('SIGINT')).toBe(0);
  expect(daemon.log().at(-1)?.msg).toBe('ended while starting');
  await until('no segmenter', () => !segmenters.some(isAlive), { timeoutMs: 5000 });
});

it('a daemon killed (kill -9) takes its frozen segmenter along', async () => {
  const { daemon, segmenters } = await frozenAtWork();
  await daemon.end('SIGKILL');
  await until('no segmenter', () => !segmenters.some(isAlive), { timeoutMs: 5000 });
});
