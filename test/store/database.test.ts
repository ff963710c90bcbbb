import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openStore, openStoreReadOnly } from '../../src/store/database.ts';
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
