import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { particled } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

it('a database made anew is told from the one before by every message, and a restored one goes on above', async () => {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const place = premises();
  const settings = settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 1 } });
  const [tile] = await simulatedTiles({ rows: 1, columns: 1 });
  const backup = `${place.folder}/one.backup`;
  const config = (n: number) => `${place.folder}/config-${n}.yaml`;
  const spoken = () =>
    listener.heard.flatMap(({ sequence, store }) => (sequence == null ? [] : [{ sequence, store }]));

  const first = startDaemonProcess(place, settings);
  await first.says('particled is up');
  writeTiles(place.exportFolder, [tile!]);
  await listener.finalSummary();
  expect(await particled('backup', '--config', config(1), '--out', backup)).toMatchObject({ code: 0 });
  expect((await particled('restore', backup, '--config', config(1))).stderr).toContain(
    `process ${first.pid} on`,
  );
  await first.end('SIGTERM');
  const before = spoken();
  const id = before[0]!.store;
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(before).toEqual(before.map((_, index) => ({ sequence: index + 1, store: id })));

  for (const part of ['', '-wal', '-shm']) rmSync(`${place.storeFile}${part}`, { force: true });
  const second = startDaemonProcess(place, settings);
  await until('the tile told anew', () => spoken().length > before.length);
  await second.end('SIGTERM');
  const anew = spoken().slice(before.length);
  expect(anew[0]!.sequence).toBe(1);
  expect(new Set(anew.map(({ store }) => store)).size).toBe(1);
  expect(anew[0]!.store).not.toBe(id);

  expect(await particled('restore', backup, '--config', config(2))).toMatchObject({ code: 0, stderr: '' });
  const known = spoken().length;
  const third = startDaemonProcess(place, settings);
  await third.says('particled is up');
  const [other] = await simulatedTiles({ rows: 1, columns: 1, seed: 2, sampleLabel: 'other' });
  writeTiles(place.exportFolder, [{ file: 'other.tiff', bytes: other!.bytes }]);
  await until('the other tile told', () => spoken().length > known);
  await third.end('SIGTERM');
  const restored = spoken().slice(known);
  expect(restored[0]!.sequence).toBe(1_000_001);
  expect([id, anew[0]!.store]).not.toContain(restored[0]!.store);
  expect(new Set(spoken().map(({ sequence, store }) => `${store} ${sequence}`)).size).toBe(spoken().length);
});
