import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outline } from '../../src/measure/correction.ts';
import { openStore, openStoreReadOnly } from '../../src/store/database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { fromBytes, toBytes } from '../../src/store/outline-bytes.ts';
import {
  exampleParticle,
  exampleRun,
  message,
  seenTile,
  segmentedTile,
  storePath,
  storeWithRun,
} from './examples.ts';

const square: Outline = [[0, 0, 2, 0, 2, 2, 0, 2]];
const twoParts: Outline = [
  [10.125, 0, 12, 0.5, 11, 3],
  [1919, 1199, 1920, 1199, 1920, 1200],
];

const eighths = fc.integer({ min: 0, max: 30_720 * 8 }).map((parts) => parts / 8);
const anyRing = fc
  .array(fc.tuple(eighths, eighths), { minLength: 3, maxLength: 40 })
  .map((corners) => corners.flat());
const anyOutlines = fc.array(fc.array(anyRing, { maxLength: 3 }), { maxLength: 5 });

describe('the outlines of a tile', () => {
  it('come back as they were recorded, to a reader too', () => {
    const { store, runId, path } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    const particles = [exampleParticle(1), exampleParticle(2)];
    store.results.recordResult(tileId, segmentedTile(particles, [square, twoParts]), []);
    expect(store.outlines.ofTile(tileId)).toEqual([square, twoParts]);
    const reader = openStoreReadOnly(path);
    expect(reader.outlines.ofTile(tileId)).toEqual([square, twoParts]);
    reader.close();
  });

  it('are none of a tile without particles, and unknown of one that waits', () => {
    const { store, runId } = storeWithRun();
    const [empty, waiting] = ['A', 'B'].map(
      (content) => store.tiles.noteSeen(seenTile(runId, content)).tileId,
    );
    store.results.recordResult(empty!, segmentedTile([], []), []);
    expect(store.outlines.ofTile(empty!)).toEqual([]);
    expect(store.outlines.ofTile(waiting!)).toBeNull();
  });

  it('are recorded with the result or not at all', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    const unsendable = { ...message('tile'), payload: { at: 1n } };
    expect(() =>
      store.results.recordResult(tileId, segmentedTile([exampleParticle(1)], [square]), [unsendable]),
    ).toThrow('BigInt');
    expect(store.outlines.ofTile(tileId)).toBeNull();
  });

  it('give way to those of the next result', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    store.results.recordResult(tileId, segmentedTile([exampleParticle(1)], [square]), []);
    store.results.askAgain(runId, { model: 'high', thresholds: {}, underWay: true }, [tileId]);
    expect(store.outlines.ofTile(tileId)).toEqual([square]);
    store.results.recordResult(tileId, segmentedTile([exampleParticle(2)], [twoParts]), []);
    expect(store.outlines.ofTile(tileId)).toEqual([twoParts]);
  });

  it('go with the particles of a tile whose content comes back', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A', { path: '/tile' }));
    store.results.recordResult(tileId, segmentedTile([exampleParticle(1)], [square]), []);
    store.tiles.noteSeen(seenTile(runId, 'B', { path: '/tile' }));
    expect(store.tiles.noteSeen(seenTile(runId, 'A', { path: '/tile' })).outcome).toBe('revived');
    expect(store.outlines.ofTile(tileId)).toBeNull();
  });

  it('are deleted with the particles of an old run', () => {
    const { store, runId } = storeWithRun();
    const tileIds = ['A', 'B', 'C'].map((content) => {
      const { tileId } = store.tiles.noteSeen(seenTile(runId, content));
      store.results.recordResult(tileId, segmentedTile([exampleParticle(1)], [square]), []);
      return tileId;
    });
    store.summaries.save(runId, 'complete', () => message('summary', { at: new Date(0).toISOString() }));
    store.runs.create({ ...exampleRun, name: 'newer' });
    expect(store.keptRows.close(runId, 86_400_000, 30)).toBe(true);
    // A step of 2 particles deletes the outlines of one tile.
    expect([1, 2, 3, 4].map(() => store.keptRows.deleteSome(runId, 2))).toEqual([true, true, true, false]);
    expect(tileIds.map((tileId) => store.outlines.ofTile(tileId))).toEqual([null, null, null]);
  });

  it('are unknown where a version before outlines segmented the tile', () => {
    const path = storePath();
    const without = migrations.findIndex((migration) => migration.includes('CREATE TABLE outlines'));
    const earlier = new DatabaseSync(path);
    earlier.exec(`${migrations.slice(0, without).join(';')}; PRAGMA user_version = ${without};
      INSERT INTO runs (id, sample_id, sample_label, name, folder, instrument_id, pixel_size_nm, revision, created_at_ms,
        last_tile_at_ms) VALUES (1, 's', 'S', 'r', '/e', 'i', 50, 0, 1, 1);
      INSERT INTO tiles (id, content_hash, path, size_bytes, modified_at_ms, width_px, height_px, run_id, field_width_um,
        field_height_um, metadata, state, attempts, seen_at_ms)
        VALUES (7, 'h', '/e/t.tif', 1, 1, 10, 10, 1, 1, 1, '{}', 'segmented', 1, 1)`);
    earlier.close();
    const migrated = openStore(path);
    onTestFinished(() => migrated.close());
    expect(migrated.tiles.countByState(1)).toMatchObject({ segmented: 1 });
    expect(migrated.outlines.ofTile(7)).toBeNull();
  });
});

describe('the bytes of outlines', () => {
  it('give back any outlines on eighths of a pixel', () => {
    fc.assert(
      fc.property(anyOutlines, (outlines) => {
        expect(fromBytes(toBytes(outlines), 'any')).toEqual(outlines);
      }),
    );
  });

  it('are two for a step of less than 8 px along both axes, but for the first', () => {
    // Form, 1 particle, 1 ring, 4 corners, 0 and 0, then 16 eighths or none each time: a byte holds 63 either way.
    expect(toBytes([square])).toHaveLength(4 + 4 * 2);
  });

  it('of another form, or cut, are refused with what they are of', () => {
    const bytes = toBytes([twoParts]);
    expect(() => fromBytes(bytes.with(0, 9), 'outlines of tile 7')).toThrow(
      'outlines of tile 7: have form 9, this particled knows 1',
    );
    expect(() => fromBytes(bytes.subarray(0, -1), 'outlines of tile 7')).toThrow('too early');
  });
});
