import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/store/database.ts';
import { startIntegrityCheck } from '../../src/store/integrity.ts';
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

/** Overwrites the pages of a table, as a failing disk does. */
function damage(path: string, table: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  const pages = database.prepare('SELECT pageno FROM dbstat WHERE name = ?').all(table);
  database.close();
  const bytes = readFileSync(path);
  for (const { pageno } of pages) bytes.fill(0xff, 4096 * (Number(pageno) - 1), 4096 * Number(pageno));
  writeFileSync(path, bytes);
}

describe('a database whose particles are damaged', () => {
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
