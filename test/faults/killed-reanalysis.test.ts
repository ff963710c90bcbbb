import { expect, it } from 'vitest';
import { controllerAt } from '../publish/asking.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { type Listener, listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

it('a daemon killed (kill -9) while it segments a run again goes on with it, and counts every tile once', async () => {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const controller = await controllerAt(broker.url);
  const place = premises();
  const settings = settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 2, columns: 5 } });
  writeTiles(place.exportFolder, await simulatedTiles({ rows: 2, columns: 5 }));
  const first = startDaemonProcess(place, settings);
  const before = await listener.finalSummary();
  const usual = before.provenance.models[0]!;
  // The network sees the 320 px of a tile as 960: 400 of its pixels are 400 / 9 of the tile's, of (250 nm)^2.
  const dustUm2 = (400 / 9) * 0.25 ** 2;
  expect(smallestOf(listener.tiles())).toBeLessThan(0.5 * dustUm2);

  const request = { sample: before.sample.label, thresholds: { smallestAreaPx: 400 } };
  const answer = await controller.ask('reanalyse', request);
  expect(answer, JSON.stringify(answer)).toMatchObject({
    accepted: true,
    result: { tiles: 10, unchanged: 0 },
  });
  await first.says('tile segmented', 10 + 3);
  await first.end('SIGKILL');
  const store = stored(place.storeFile);
  const left = store.tiles.countAgain();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(7);
  // Until the new result is there, the old one counts.
  expect(store.tiles.countByState()).toEqual({ seen: 0, segmented: 10, failed: 0, superseded: 0 });
  expect(store.summaries.latest(1)?.revision).toBe(before.revision);

  const second = startDaemonProcess(place, settings);
  const after = await listener.finalSummary(2);
  expect(after).toMatchObject({ state: 'complete', run: before.run, statistics: { tiles: 10 } });
  expect(after.revision).toBe(before.revision + 1);
  const thresholds = { ...usual.thresholds, smallestAreaPx: 400 };
  expect(after.provenance.models).toEqual([{ ...usual, thresholds }]);
  expect(second.log().filter(({ msg }) => msg === 'tile segmented')).toHaveLength(left);

  // The last message of each tile holds the particles that count.
  const tiles = new Map(listener.tiles().map((message) => [message.tile.contentHash, message]));
  const particles = [...tiles.values()].flatMap((message) => message.particles ?? []);
  expect([...store.particles.rowsOfRun(1)]).toHaveLength(particles.length);
  // Scaled to the tile, a mask may lose some of its edge.
  expect(smallestOf([...tiles.values()])).toBeGreaterThan(0.9 * dustUm2);
  for (const message of tiles.values()) expect(message.provenance.model?.thresholds).toEqual(thresholds);

  expect(await controller.ask('reanalyse', request)).toMatchObject({ result: { tiles: 0, unchanged: 10 } });
  const { result } = await controller.ask('describe');
  expect(result).toMatchObject({ runs: [{ run: before.run, state: 'complete', tiles: { waiting: 0 } }] });
  await until('an empty outbox', () => store.outboxDepth() === 0);
  expect(listener.summaries().at(-1)?.revision).toBe(after.revision);
});

function smallestOf(tiles: ReturnType<Listener['tiles']>): number {
  return Math.min(...tiles.flatMap(({ particles }) => (particles ?? []).map(({ areaUm2 }) => areaUm2)));
}
