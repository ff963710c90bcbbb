import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, openStoreReadOnly } from '../../src/store/database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { exampleParticle, message, seenTile, segmentedTile, storePath, storeWithRun } from './examples.ts';

describe('opening the store', () => {
  it('keeps what was committed when it is closed and opened again', () => {
    const { store, runId, path } = storeWithRun();
    store.tiles.noteSeen(seenTile(runId, 'A'));
    store.close();
    const again = openStore(path);
    expect(again.tiles.nextWaiting(10).map((tile) => tile.file.path)).toEqual(['/export/monday/A.tiff']);
    again.close();
  });

  it('writes ahead, so that a reader is not kept waiting', () => {
    const { path } = storeWithRun();
    const file = new DatabaseSync(path, { readOnly: true });
    expect(file.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    file.close();
  });

  it('refuses a file that is no database, and says what to do', () => {
    const path = storePath();
    writeFileSync(path, 'not a database, '.repeat(100));
    expect(() => openStore(path)).toThrow(/particled.sqlite: the database is corrupt.*restore a backup/);
    expect(readFileSync(path, 'utf8')).toMatch(/^not a database/);
  });

  it('refuses a database with a damaged page', () => {
    const { store, path } = storeWithRun();
    store.close();
    const bytes = readFileSync(path);
    // Pages are 4096 bytes; the first holds the header and the schema, the tables' pages follow.
    bytes.fill(0xff, 4096, bytes.length);
    writeFileSync(path, bytes);
    expect(() => openStore(path)).toThrow(/the database is corrupt/);
  });

  it('refuses the database of another program', () => {
    const path = storePath();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE photos (id INTEGER)');
    other.close();
    expect(() => openStore(path)).toThrow(/another program's database/);
  });

  it('refuses a database written by a newer version', () => {
    const { store, path } = storeWithRun();
    store.close();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(() => openStore(path)).toThrow(/has schema 99.*upgrade/);
  });

  it('names the path when the folder is missing', () => {
    const path = join(dirname(storePath()), 'missing', 'particled.sqlite');
    expect(() => openStore(path)).toThrow(new RegExp(`^${path}: cannot be opened.*folder exists`));
  });

  it('names the path when it is a folder', () => {
    const path = storePath();
    mkdirSync(path);
    expect(() => openStore(path)).toThrow(/particled.sqlite: cannot be opened/);
  });
});

describe('a store of an earlier version', () => {
  it('keeps runs and summaries, and knows which of its runs a controller had ended', () => {
    const path = storePath();
    const old = new DatabaseSync(path);
    old.exec(`${migrations.slice(0, 4).join(';')}; PRAGMA user_version = 4`);
    const run = old.prepare(
      `INSERT INTO runs (id, sample_id, sample_label, name, folder, instrument_id, pixel_size_nm, state, revision,
         created_at_ms, last_tile_at_ms, finalised_at_ms) VALUES (?, 's', 'S', ?, '/e', 'i', 50, ?, 1, 1, 2, ?)`,
    );
    run.run(1, 'silent', 'stalled', null);
    run.run(2, 'ended', 'stalled', 5);
    run.run(3, 'whole', 'complete', null);
    old
      .prepare("INSERT INTO summaries VALUES (3, 1, 'complete', ?)")
      .run(JSON.stringify({ at: '2026-01-02T03:04:05.000Z' }));
    old.close();
    const store = openStore(path);
    onTestFinished(() => store.close());
    const runs = store.runs.all().map(({ name, state, finalised }) => [name, state, finalised]);
    expect(runs).toEqual([
      ['whole', 'complete', null],
      ['ended', 'finalised', { by: null, reason: null }],
      ['silent', 'stalled', null],
    ]);
    expect(store.summaries.latest(3)?.state).toBe('complete');
    expect(store.summaries.hasFinal(3)).toBe(true);
    expect(store.finished.lastBefore(new Date('2026-02-01'), 5)).toMatchObject([{ runName: 'whole' }]);
  });
});

describe('reading beside the writer', () => {
  it('sees one moment, whatever is written meanwhile', () => {
    const { store, runId, path } = storeWithRun();
    const first = store.tiles.noteSeen(seenTile(runId, 'A')).tileId;
    const reader = openStoreReadOnly(path);
    const counts = reader.snapshot(() => {
      const before = reader.tiles.countByState(runId);
      store.results.recordResult(first, segmentedTile([exampleParticle(1)]), [message('tile')]);
      return [before, reader.tiles.countByState(runId)];
    });
    expect(counts.map(({ seen, segmented }) => ({ seen, segmented }))).toEqual([
      { seen: 1, segmented: 0 },
      { seen: 1, segmented: 0 },
    ]);
    expect(reader.tiles.countByState(runId)).toMatchObject({ seen: 0, segmented: 1 });
    reader.close();
  });

  it('refuses a file that does not exist instead of creating it', () => {
    const path = storePath();
    expect(() => openStoreReadOnly(path)).toThrow(/cannot be opened/);
  });
});
