import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

it('a database made anew is told from the one before by every message, at a broker that keeps old results', async () => {
  const place = premises();
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const grid = { rows: 1, columns: 2 };
  const settings = settingsFor(place, { mqtt: publishingTo(broker), grid });
  const gone = await simulatedTiles({ ...grid, sampleLabel: 'gone' });
  const stays = await simulatedTiles({ ...grid, sampleLabel: 'stays', seed: 2 });
  const named = stays.map(({ file, bytes }) => ({ file: `stays ${file}`, bytes }));
  const goneFiles = writeTiles(place.exportFolder, gone);
  writeTiles(place.exportFolder, named);
  const before = startDaemonProcess(place, settings);
  await listener.finalSummary(2);
  expect(await before.end('SIGTERM'), before.stderr()).toBe(0);

  const folder = dirname(place.storeFile);
  for (const file of readdirSync(folder).filter((name) => name.startsWith('particled.db')))
    rmSync(join(folder, file));
  for (const file of goneFiles) rmSync(file);
  const after = startDaemonProcess(place, settings);
  await listener.finalSummary(3);
  await until('a quiet outbox', () => listener.progress().at(-1)?.state === 'complete');

  // Whoever listened all the time: each store's numbers run from 1 without a gap, and no message is without a store.
  const stores = [...new Set(listener.heard.map(({ store }) => store))];
  expect(stores).toHaveLength(2);
  for (const store of stores) {
    expect(store).toMatch(/^[0-9a-f]{32}$/);
    const numbers = listener.heard.flatMap((one) => (one.store === store ? (one.sequence ?? []) : []));
    expect([...new Set(numbers)]).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
  }

  // Whoever comes later: the status says which store is the daemon's, and the old result is of the other.
  const late = await listen(broker.url);
  await until('what the broker keeps', () => late.statuses().length > 0 && late.summaries().length === 3);
  const [old, now] = stores;
  expect(late.statuses()[0]).toMatchObject({ store: now, state: 'online' });
  const kept = late.summaries().map(({ sample, store, final }) => [sample.label, store, final]);
  expect(kept).toHaveLength(3);
  expect(kept).toEqual(
    expect.arrayContaining([
      ['gone', old, true],
      ['stays', old, true],
      ['stays', now, true], // its tiles were read again, into a run of another name
    ]),
  );
  expect(await after.end('SIGTERM'), after.stderr()).toBe(0);
  await until('the farewell', () => late.statuses().at(-1)?.state === 'offline');
  expect(late.statuses().at(-1)?.store).toBe(now);
});
