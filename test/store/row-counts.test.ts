import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/store/database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { exampleRun, message, seenTile, segmentedTile, storePath, storeWithRun } from './examples.ts';

/** Two waiting tiles, one segmented, one given up and one superseded; five files set aside; three messages. */
function fill(store: Store, runId: number): void {
  const ids = ['A', 'B', 'C', 'D', 'E'].map(
    (content) => store.tiles.noteSeen(seenTile(runId, content)).tileId,
  );
  store.results.recordResult(ids[0]!, segmentedTile([]), [message('segmented')]);
  store.results.recordFailure(ids[1]!, { reason: 'unreadable', final: true }, [message('failed')]);
  store.tiles.supersede(ids[2]!);
  for (let n = 0; n < 5; n++) {
    const file = { path: `/export/${n}.txt`, sizeBytes: 1, modifiedAtMs: 1, mayRecover: false };
    store.unusable.setAside({ ...file, code: 'not-an-image', reason: 'is text' }, message(`aside ${n}`));
  }
  store.outbox.acknowledge(store.outbox.next(0, 4).map(({ id }) => id)); // of seven messages
}

const counted = (store: Store) => ({
  tiles: store.tiles.countByState(),
  unusable: store.unusable.count(),
  messages: store.outbox.depth(),
});
const filled = {
  tiles: { seen: 2, segmented: 1, failed: 1, superseded: 1 },
  unusable: 5,
  messages: 3,
};

describe('rows that are counted as they come and go', () => {
  it('are as many as there are, whatever becomes of them, and across a restart', () => {
    const { store, runId, path } = storeWithRun();
    fill(store, runId);
    expect(counted(store)).toEqual(filled);
    expect(store.tiles.countByState(runId)).toEqual(filled.tiles);
    store.unusable.forget('/export/0.txt');
    // Its file was written once more: it is superseded, and its content waits no more.
    store.tiles.noteSeen(seenTile(runId, 'F', { path: '/export/monday/D.tiff' }));
    store.close();
    const again = openStore(path);
    onTestFinished(() => again.close());
    expect(counted(again)).toEqual({
      tiles: { seen: 2, segmented: 1, failed: 1, superseded: 2 },
      unusable: 4,
      messages: 3,
    });
  });

  it('are not counted where what wrote them did not hold', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    const unwritable = { topic: 'tile', retain: false, payload: { size: 1n } };
    expect(() =>
      store.results.recordResult(tileId, segmentedTile([]), [message('first'), unwritable]),
    ).toThrow();
    expect(counted(store)).toMatchObject({ tiles: { seen: 1, segmented: 0 }, messages: 0 });
  });

  it('are counted once in a store that a version without counts has written', () => {
    const path = storePath();
    const before = migrations.findIndex((migration) => migration.includes('CREATE TABLE row_counts'));
    const old = new DatabaseSync(path);
    old.exec(`${migrations.slice(0, before).join(';')}; PRAGMA user_version = ${before};
      INSERT INTO runs (sample_id, sample_label, name, folder, instrument_id, pixel_size_nm, revision, created_at_ms,
        last_tile_at_ms) VALUES ('s', 'S', 'n', 'f', 'i', 50, 0, 1, 7000);
      INSERT INTO tiles (content_hash, path, size_bytes, modified_at_ms, width_px, height_px, run_id, field_width_um,
        field_height_um, metadata, state, attempts, seen_at_ms)
        SELECT value, value, 1, 1, 1, 1, 1, 1, 1, '{}', iif(value < 4, 'seen', 'failed'), 0, 1
        FROM json_each('[1,2,3,4,5]');
      INSERT INTO outbox (topic, retain, payload, created_at_ms) VALUES ('t', 0, '{}', 1), ('t', 0, '{}', 1);
      INSERT INTO unusable_files (path, size_bytes, modified_at_ms, code, reason, may_recover, at_ms)
        VALUES ('p', 1, 1, 'c', 'r', 0, 1)`);
    old.close();
    const migrated = openStore(path);
    onTestFinished(() => migrated.close());
    expect(counted(migrated)).toEqual({
      tiles: { seen: 3, segmented: 0, failed: 2, superseded: 0 },
      unusable: 1,
      messages: 2,
    });
  });
});

describe('the newest runs', () => {
  it('are read without the others, newest first, of all and of an origin', () => {
    const { store, runId } = storeWithRun();
    const [second, third] = ['second', 'third'].map((name) => store.runs.create({ ...exampleRun, name }).id);
    const other = store.runs.create({ ...exampleRun, name: 'other', folder: '/export/tuesday' }).id;
    expect(store.runs.latest(2).map(({ id }) => id)).toEqual([other, third]);
    expect(store.runs.from(exampleRun, 2).map(({ id }) => id)).toEqual([third, second]);
    expect(store.runs.from(exampleRun, 9).map(({ id }) => id)).toEqual([third, second, runId]);
  });

  it('tell when the last tile of all came', () => {
    const { store, runId } = storeWithRun();
    expect(store.runs.lastTileAtMs()).toBe(exampleRun.createdAtMs); // as long as it has none
    store.tiles.noteSeen(seenTile(runId, 'A', { seenAtMs: 5_000 }));
    store.runs.create({ ...exampleRun, name: 'later' });
    expect(store.runs.lastTileAtMs()).toBe(5_000);
    const empty = openStore(':memory:');
    onTestFinished(() => empty.close());
    expect(empty.runs.lastTileAtMs()).toBeNull();
  });
});
