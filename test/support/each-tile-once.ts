import { expect } from 'vitest';
import type { Listener } from './listener.ts';
import type { Premises } from './premises.ts';
import { stored } from './stored.ts';
import { until } from './until.ts';

/** All messages came, each tile's under one number only, and the outbox is empty. */
export async function expectEachTileOnce(place: Premises, listener: Listener, tiles: number): Promise<void> {
  const store = stored(place.storeFile);
  expect(store.tiles.countByState()).toEqual({ seen: 0, segmented: tiles, failed: 0, superseded: 0 });
  await until('an empty outbox', () => store.outboxDepth() === 0);

  // The same number twice is the same message, sent again.
  const bySequence = Map.groupBy(
    listener.heard.filter(({ sequence }) => sequence !== null),
    ({ sequence }) => sequence,
  );
  for (const [sequence, same] of bySequence) {
    expect(new Set(same.map(({ payload }) => payload)).size, `payloads of message ${sequence}`).toBe(1);
  }
  const sequences = listener.sequences();
  expect(sequences).toEqual(sequences.map((_, index) => index + 1));

  const byTile = Map.groupBy(listener.tiles(), ({ tile }) => tile.contentHash);
  expect(byTile.size).toBe(tiles);
  for (const said of byTile.values()) expect(new Set(said.map(({ sequence }) => sequence)).size).toBe(1);
}

/**
 * The same of a run that ended complete, and its statistics and its store have as many particles as the tiles said.
 * The run's statistics must be those of `statistics.border: exclude`, in which no particle is joined.
 */
export async function expectRunCountedOnce(
  place: Premises,
  listener: Listener,
  tiles: number,
): Promise<void> {
  const { statistics, duplicateCount, ...summary } = await listener.finalSummary();
  expect({ ...summary, tiles: statistics.tiles }).toMatchObject({
    ...{ state: 'complete', failedTiles: [], tiles },
  });
  await expectEachTileOnce(place, listener, tiles);
  const said = new Map(listener.tiles().map(({ tile, counts }) => [tile.contentHash, counts?.all ?? 0]));
  const sum = [...said.values()].reduce((total, count) => total + count, 0);
  expect(statistics.all.count + statistics.border.cut + duplicateCount).toBe(sum);
  const store = stored(place.storeFile);
  expect([...store.particles.rowsOfRun(store.runs.all()[0]!.id)]).toHaveLength(sum);
}
