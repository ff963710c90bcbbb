import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/store/database.ts';

/** Tables that keep a row of every sample, tile, particle or file that there ever was. */
const HISTORY = [
  ...['runs', 'tiles', 'particles', 'reviewed_particles', 'outlines', 'corrections', 'reviews', 'files'],
  ...['summaries', 'precisions', 'unusable_files'],
];

/** Hold what waits or is under way, and nothing that is done. */
const OF_WHAT_WAITS = ['tiles_waiting', 'tiles_again', 'runs_under_analysis', 'runs_being_deleted'];

/** Statements that may read all of a table, and why. */
const WHOLE: Readonly<Record<string, string>> = {
  'SELECT * FROM runs ORDER BY id DESC': 'commands that look for a run by what it was',
  'SELECT id, state, revision, last_tile_at_ms FROM runs ORDER BY id DESC':
    'the live page: which of its runs have changed',
  "SELECT * FROM tiles WHERE id IN (SELECT min(id) FROM tiles WHERE state = 'segmented' GROUP BY model, cast(metadata ->> 'magnification' AS INTEGER))":
    'analyse --store, once at its start: a tile of each way in which the archive was segmented',
  'SELECT * FROM unusable_files ORDER BY at_ms DESC, path': 'the list itself is asked for',
  'SELECT * FROM unusable_files ORDER BY at_ms DESC, path LIMIT ?':
    'by its index of times, from the latest, until it has as many as are asked for',
  'SELECT code, count(*) AS files FROM unusable_files GROUP BY code ORDER BY files DESC, code':
    'the list by causes, read from its index alone',
};

/** Statements that SQLite reads foreign keys for, which it does only where one is broken. */
const OF_FOREIGN_KEYS = /^INSERT INTO (corrections|reviews) /;

interface Statement {
  readonly sql: string;
  /** As EXPLAIN QUERY PLAN words them: https://sqlite.org/eqp.html */
  readonly steps: readonly string[];
}

/** All that a store prepares as it opens, which is all that it will ever run. */
function statements(): Statement[] {
  const prepared: (readonly [DatabaseSync, string])[] = [];
  const { prepare } = DatabaseSync.prototype;
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    prepared.push([this, sql]);
    return prepare.call(this, sql);
  });
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  spy.mockRestore();
  return prepared
    .filter(([, sql]) => !sql.startsWith('PRAGMA'))
    .map(([database, sql]) => {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      return { sql: sql.replace(/\s+/g, ' ').trim(), steps: plan.map(({ detail }) => String(detail)) };
    });
}

/** The history that a step reads through, if any. */
function scannedBy(step: string): string | undefined {
  const [, table, index] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(step) ?? [];
  if (table === undefined || (index !== undefined && OF_WHAT_WAITS.includes(index))) return undefined;
  return HISTORY.find((name) => name === table);
}

/** From one end, by the number of the row, until it has found what it asks for. */
const endsEarly = ({ sql }: Statement): boolean => / ORDER BY id DESC LIMIT /.test(sql);

describe('the statements of the store', () => {
  it('never read a table through that grows with the history, but for those that say why', () => {
    const scanning = statements().filter(
      (one) => one.steps.some((step) => scannedBy(step)) && !endsEarly(one),
    );
    const unexplained = scanning.map(({ sql }) => sql).filter((sql) => !OF_FOREIGN_KEYS.test(sql));
    expect(unexplained.toSorted()).toEqual(Object.keys(WHOLE).toSorted());
  });

  it('are told apart by their plans: one that reads all tiles is seen', () => {
    const database = new DatabaseSync(':memory:');
    onTestFinished(() => database.close());
    database.exec(
      'CREATE TABLE tiles (id INTEGER PRIMARY KEY, state TEXT); CREATE INDEX by_state ON tiles (state)',
    );
    const steps = (sql: string) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => scannedBy(String(detail)));
    expect(steps('SELECT count(*) FILTER (WHERE state = 1) FROM tiles')).toEqual(['tiles']);
    expect(steps("SELECT * FROM tiles WHERE state = 'seen'")).toEqual([undefined]);
  });
});
