import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { makeShrinkable } from '../../src/run/shrinkable-store.ts';
import { giveRoomBack } from '../../src/run/surplus-rows.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { recorder } from '../publish/sending.ts';
import {
  exampleParticle,
  exampleRun,
  message,
  seenTile,
  segmentedTile,
  storePath,
  storeWithRun,
} from './examples.ts';

const DAY_MS = 86_400_000;
const at = new Date(0).toISOString();

/** A tile of the run with so many particles, and the run's final summary, made in 1970. */
function finish(store: Store, runId: number, particles: number): number {
  const { tileId } = store.tiles.noteSeen(seenTile(runId, `tile of ${runId}`));
  const found = Array.from({ length: particles }, () => exampleParticle(1));
  store.results.recordResult(tileId, segmentedTile(found), []);
  store.summaries.save(runId, 'complete', () => message('summary', { at }));
  return tileId;
}

function newer(store: Store, name = 'newer'): number {
  return store.runs.create({ ...exampleRun, name }).id;
}

describe('the particles of an old run', () => {
  it('go in steps, and whoever asks for them from the first step on is told why', () => {
    const { store, runId } = storeWithRun();
    const tileId = finish(store, runId, 5);
    newer(store);
    const reading = store.particles.rowsOfRun(runId);
    reading.next();
    expect(store.keptRows.deleteSome(runId, 2)).toBe(false); // it is not closed
    expect(store.particles.ofTile(tileId)).toHaveLength(5);
    expect(store.keptRows.close(runId, DAY_MS, 30)).toBe(true);
    expect(store.keptRows.beingDeleted()).toEqual([runId]);
    expect([1, 2, 3].map(() => store.keptRows.deleteSome(runId, 2))).toEqual([true, true, false]); // 2 + 2 + 1
    expect(store.particles.ofTile(tileId)).toEqual([]);
    expect(store.keptRows.beingDeleted()).toEqual([]);
    const told = `${exampleRun.name}: its particles were deleted after 30 days (retention.rowsDays); its summary stays`;
    expect(() => [...store.particles.columnsOfRun(runId)]).toThrow(told);
    expect(() => [...store.particles.rowsOfRun(runId)]).toThrow(told);
    expect(store.summaries.latest(runId)).toMatchObject({ state: 'complete', payload: { at } });
    expect(store.tiles.countByState(runId).segmented).toBe(1);
  });

  it('are never shown in part to somebody who is reading them', () => {
    const { store, runId } = storeWithRun();
    finish(store, runId, 1);
    const second = store.tiles.noteSeen(seenTile(runId, 'second')).tileId;
    store.results.recordResult(second, segmentedTile([exampleParticle(2)]), []);
    newer(store);
    const reading = store.particles.columnsOfRun(runId);
    expect(reading.next().done).toBe(false);
    store.keptRows.close(runId, DAY_MS, 30);
    store.keptRows.deleteSome(runId, 10);
    expect(() => reading.next()).toThrow('its particles were deleted');
  });

  it.each<[string, (store: Store, runId: number, tileId: number) => void]>([
    ['a tile of it waits', (store, runId) => store.tiles.noteSeen(seenTile(runId, 'late'))],
    ['it fills', (store, runId) => store.runs.setState(runId, 'filling')],
    [
      'a tile is to be segmented again',
      (store, runId, tileId) =>
        store.results.askAgain(runId, { model: null, thresholds: {}, underWay: false }, [tileId]),
    ],
    [
      'a revision is owed',
      (store, runId) => store.results.askAgain(runId, { model: null, thresholds: {}, underWay: true }, []),
    ],
    [
      'its last summary is young',
      (store, runId) =>
        store.summaries.save(runId, 'complete', () =>
          message('again', { at: new Date(2 * DAY_MS).toISOString() }),
        ),
    ],
  ])('stay while %s', (_, change) => {
    const { store, runId } = storeWithRun();
    const tileId = finish(store, runId, 1);
    newer(store);
    expect(store.keptRows.nextOld(0, DAY_MS)).toMatchObject({ id: runId, isRecent: true });
    change(store, runId, tileId);
    expect(store.keptRows.nextOld(0, DAY_MS)).toBeUndefined();
    expect(store.keptRows.close(runId, DAY_MS, 30)).toBe(false);
  });

  it('gone, leave a tile of their run that was given up as it is', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'bad'));
    store.results.recordFailure(tileId, { reason: 'unreadable', final: true }, []);
    finish(store, runId, 1);
    newer(store);
    expect(store.keptRows.close(runId, DAY_MS, 30)).toBe(true);
    expect(store.results.lookAgainOnce(tileId, 0, 'a new version')).toBe(false);
    expect(store.tiles.countByState(runId)).toMatchObject({ seen: 0, failed: 1 });
  });

  it('stay where no newer run is there', () => {
    const { store, runId } = storeWithRun();
    finish(store, runId, 1);
    expect(store.keptRows.nextOld(0, DAY_MS)).toBeUndefined();
  });

  it('are old by the days on which particled was there, not by a clock set ahead', () => {
    const { store } = storeWithRun();
    for (const day of [10, 11, 12]) store.keptRows.noteDay(day * DAY_MS);
    const future = 1000 * DAY_MS;
    store.keptRows.noteDay(future);
    // Four days were seen, the last four begin with day 10, the last five with none.
    expect(store.keptRows.olderThan(4, future)).toBe(10 * DAY_MS);
    expect(store.keptRows.olderThan(5, future)).toBe(Number.NEGATIVE_INFINITY);
    // Set back, the day in the future counts no more.
    expect(store.keptRows.olderThan(2, 12.5 * DAY_MS)).toBe(10.5 * DAY_MS);
  });
});

describe('the database file', () => {
  it('becomes smaller where rows have gone, a message that was sent too', async () => {
    const { store, runId, path } = storeWithRun();
    finish(store, runId, 2);
    const tile = store.tiles.noteSeen(seenTile(runId, 'other')).tileId;
    store.results.recordResult(tile, segmentedTile([]), [message('big', { text: 'x'.repeat(4e6) })]);
    store.fileSize.checkpoint();
    expect(statSync(path).size).toBeGreaterThan(4e6);
    for (const { id } of store.outbox.next(0, 10)) store.outbox.acknowledge([id]);
    const logger = recorder();
    await giveRoomBack({ store, logger });
    expect(statSync(path).size).toBeLessThan(1e6);
    expect(JSON.stringify(logger)).toContain('smaller');
  });

  it('of an earlier version is written anew once, where there is room', () => {
    const path = storePath();
    openStore(path).close();
    const earlier = new DatabaseSync(path);
    earlier.exec('PRAGMA auto_vacuum = NONE; VACUUM');
    earlier.close();
    const { store } = storeWithRun(path);
    expect(store.fileSize.canShrink()).toBe(false);
    const logger = recorder();
    makeShrinkable(store, path, logger, () => 1000);
    expect(store.fileSize.canShrink()).toBe(false);
    expect(JSON.stringify(logger)).toContain("PRAGMA auto_vacuum = 2; VACUUM'");
    makeShrinkable(store, path, logger);
    expect(store.fileSize.canShrink()).toBe(true);
    expect(store.runs.all()).toHaveLength(1);
  });
});
