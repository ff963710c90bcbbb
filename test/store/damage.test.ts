import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/store/database.ts';
import { startIntegrityCheck } from '../../src/store/integrity.ts';
import { ROWS_CHECKED_MOST } from '../../src/store/table-checks.ts';
import { exampleParticle, message, seenTile, segmentedTile, storeWithRun } from './examples.ts';

describe('a database that is taken away while it is open', () => {
  it.each([
    ['deleted', 'moved or deleted', (path: string) => rmSync(path)],
    [
      'replaced',
      'replaced by another file',
      (path: string) => {
        renameSync(path, `${path}.away`);
        writeFileSync(path, '');
      },
    ],
  ])('(%s) takes nothing more, and says why', (_, what, take) => {
    const { store, runId, path } = storeWithRun();
    expect(store.absence()).toBeNull();
    take(path);
    expect(store.absence()).toContain(`${path}: the database was ${what} while the daemon runs`);
    expect(() => store.summaries.save(runId, 'filling', () => message('late'))).toThrow(what);
    store.close();
  });

  it('goes on once the file is back', () => {
    const { store, runId, path } = storeWithRun();
    renameSync(path, `${path}.away`);
    expect(() => store.summaries.save(runId, 'filling', () => message('early'))).toThrow('moved or deleted');
    renameSync(`${path}.away`, path);
    store.summaries.save(runId, 'filling', () => message('late'));
    expect(store.outbox.depth()).toBe(1);
    store.close();
  });
});

function recordTile(store: Store, runId: number, content: string): void {
  const noted = store.tiles.noteSeen(seenTile(runId, content));
  if (noted.outcome === 'known') throw new Error('the tile is known');
  const [tile] = store.tiles.nextWaiting(1);
  store.results.recordResult(tile!.id, segmentedTile([exampleParticle(3)]), [message('tile')]);
}

/** Overwrites the pages of a table, or but the last but one with rows, as a failing disk does. */
function damage(path: string, table: string, which: 'all' | 'last but one' = 'all'): void {
  const database = new DatabaseSync(path, { readOnly: true });
  const leaves =
    "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path DESC LIMIT 1 OFFSET 1";
  const pages = database
    .prepare(which === 'last but one' ? leaves : 'SELECT pageno FROM dbstat WHERE name = ?')
    .all(table);
  database.close();
  const bytes = readFileSync(path);
  for (const { pageno } of pages) bytes.fill(0xff, 4096 * (Number(pageno) - 1), 4096 * Number(pageno));
  writeFileSync(path, bytes);
}

/** As long as those of many samples. */
function rememberFiles(path: string, count: number): void {
  const database = new DatabaseSync(path);
  database.exec(`INSERT INTO files (path, size_bytes, modified_at_ms, content_hash)
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${count}) SELECT n, 1, 1, n FROM n`);
  database.close();
}

describe('a database whose table of files is damaged', () => {
  it('is refused while that is short enough to be read through at each start', () => {
    const { store, path } = storeWithRun();
    store.close();
    rememberFiles(path, 1_000);
    damage(path, 'files', 'last but one');
    expect(() => openStore(path)).toThrow(/the database is corrupt \(table files: /);
  });

  it('opens once that is longer, and a look at the whole of it says so beside the daemon', async () => {
    const { store, path } = storeWithRun();
    store.close();
    // One row more than are read at the opening lies between the first and the last.
    rememberFiles(path, ROWS_CHECKED_MOST + 2);
    damage(path, 'files', 'last but one');
    openStore(path).close();
    const check = startIntegrityCheck(path);
    await check.looked;
    expect(check.fault()).toMatch(/the database is corrupt \(table files: /);
  });
});

describe('a database whose particles are damaged', () => {
  it('is looked at no further once the daemon stops', async () => {
    const { store, runId, path } = storeWithRun();
    recordTile(store, runId, 'A');
    store.close();
    damage(path, 'particles');
    const check = startIntegrityCheck(path);
    await check.close();
    await check.looked;
    expect(check.fault()).toBeNull();
  });

  it('opens, and a look at the whole of it says so beside the daemon', async () => {
    const { store, runId, path } = storeWithRun();
    recordTile(store, runId, 'A');
    store.close();
    const sound = startIntegrityCheck(path);
    await sound.looked;
    expect(sound.fault()).toBeNull();

    damage(path, 'particles');
    const open = openStore(path);
    onTestFinished(() => open.close());
    const check = startIntegrityCheck(path);
    await check.looked;
    expect(check.fault()).toMatch(
      /the database is corrupt \(table particles: .*\)\. Stop the daemon, then either restore/s,
    );
    expect(existsSync(path)).toBe(true);
  });

  it('takes no result, which is the fault of the store and not of the tile', () => {
    const { store, runId, path } = storeWithRun();
    recordTile(store, runId, 'A');
    store.close();
    damage(path, 'particles');
    const open = openStore(path);
    onTestFinished(() => open.close());
    expect(() => recordTile(open, runId, 'B')).toThrow(
      expect.objectContaining({
        name: 'DamagedStoreError',
        errcode: 11,
        message: expect.stringContaining('restore a backup'),
      }),
    );
  });
});
