import { expect, it } from 'vitest';
import { createReviewing } from '../../src/requests/reviewing.ts';
import { openStore } from '../../src/store/database.ts';
import { controllerAt } from '../publish/asking.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

it('a daemon killed (kill -9) with a review before it counts the run with its corrections once it is back', async () => {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const controller = await controllerAt(broker.url);
  const place = premises();
  const settings = settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 3 } });
  writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 3 }));
  const first = startDaemonProcess(place, settings);
  const before = await listener.finalSummary();
  await first.end('SIGTERM');
  const deleted = deleteOneInEachTile(place.storeFile);
  expect(deleted).toBe(3);

  const second = startDaemonProcess(place, settings);
  await until('a daemon that is online', () => listener.statuses().at(-1)?.state === 'online');
  const request = { sample: before.sample.label, reviewer: 'furnace' };
  const answer = await controller.ask('review', request);
  expect(answer, JSON.stringify(answer)).toMatchObject({
    accepted: true,
    result: { corrections: deleted, tiles: 3, reviewedBy: ['Ada'], unchanged: false },
  });
  await second.end('SIGKILL');

  const third = startDaemonProcess(place, settings);
  const after = await listener.finalSummary(2);
  expect(after).toMatchObject({ run: before.run, revision: before.revision + 1, state: 'complete' });
  expect(after.provenance.reviewedBy).toEqual(['Ada']);
  expect(after.statistics.review).toMatchObject({ corrections: deleted, tiles: 3 });
  expect(after.statistics.review?.unreviewed.count).toBe(before.statistics.all.count);
  expect(await controller.ask('review', request)).toMatchObject({ result: { unchanged: true } });
  await third.end('SIGTERM');

  const store = stored(place.storeFile);
  expect(store.summaries.latest(1)?.revision).toBe(after.revision);
  for (const one of store.corrections.ofRun(1)) expect(one.appliedInRevision).toBe(after.revision);
  // What the model found stands beside.
  const found = [...store.particles.columnsOfRun(1, 'found')].flatMap(({ numbers }) => [...numbers]);
  expect([...store.particles.rowsOfRun(1)]).toHaveLength(found.length - deleted);
});

/** While no daemon holds the store. @returns how many */
function deleteOneInEachTile(storeFile: string): number {
  const store = openStore(storeFile);
  try {
    const reviewing = createReviewing({ store, models: [], changed: () => {} });
    const tiles = store.tiles.ofRun(1).filter(({ id }) => store.particles.foundIn(id).length > 0);
    for (const { file } of tiles) reviewing.correct(file.contentHash, 'Ada', { kind: 'delete', of: 0 });
    return tiles.length;
  } finally {
    store.close();
  }
}
