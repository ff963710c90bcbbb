import { renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

it('a database that is taken away under the daemon costs no tile: it is a failure until the file is back', async () => {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const place = premises();
  const tiles = await simulatedTiles({ rows: 1, columns: 4 });
  const daemon = startDaemonProcess(
    place,
    settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 4 } }),
  );
  writeTiles(place.exportFolder, tiles.slice(0, 2));
  await daemon.says('tile segmented', 2);

  renameSync(place.storeFile, `${place.storeFile}.away`);
  writeTiles(place.exportFolder, tiles.slice(2));
  const failure = await until('a status that says so', () =>
    listener.statuses().find(({ health }) => health === 'failure'),
  );
  expect(failure.reasons.join()).toContain(`${place.storeFile}: the database was moved or deleted`);
  await delay(1500);
  expect(listener.tiles()).toHaveLength(2);

  renameSync(`${place.storeFile}.away`, place.storeFile);
  expect(await listener.finalSummary()).toMatchObject({ failedTiles: [], statistics: { tiles: 4 } });
  expect(listener.setAside()).toEqual([]);
  await until('a normal health', () => listener.statuses().at(-1)?.health === 'normal');
  expect(await daemon.end('SIGTERM')).toBe(0);
});
