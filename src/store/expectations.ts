import type { DatabaseSync } from 'node:sqlite';
import type { GridSize } from '../grid/coverage-of.ts';
import type { SizeTarget } from '../statistics/decision.ts';
import { json } from './row.ts';
import { transaction } from './transaction.ts';

/** What a controller expects of a sample; null where it says nothing, so that the configuration counts. */
export interface Expectation {
  readonly rows: number | null;
  readonly columns: number | null;
  /** Instead of rows and columns. */
  readonly tiles: number | null;
  readonly target: SizeTarget | null;
  readonly precision: { readonly relativeHalfWidth: number } | null;
}

export const nothingExpected: Expectation = {
  rows: null,
  columns: null,
  tiles: null,
  target: null,
  precision: null,
};

/** Samples that something is expected of at a time; the one that was spoken of longest ago is forgotten first. */
export const EXPECTATIONS_MAX = 10_000;

/** Expectations by sample id, which is the topic segment of the label. */
export interface Expectations {
  /** {@link nothingExpected} where nobody said anything. */
  get(sampleId: string): Expectation;
  put(sampleId: string, expectation: Expectation): void;
  forget(sampleId: string): void;
}

export function createExpectations(database: DatabaseSync): Expectations {
  const get = database.prepare('SELECT expectation FROM expectations WHERE sample_id = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO expectations (sample_id, expectation, at_ms) VALUES (?, ?, ?)',
  );
  // A replaced row gets a new, highest rowid. The order is theirs and not of at_ms, as clocks jump.
  const forgetOldest = database.prepare(
    `DELETE FROM expectations WHERE sample_id IN
       (SELECT sample_id FROM expectations ORDER BY rowid DESC LIMIT -1 OFFSET ${EXPECTATIONS_MAX})`,
  );
  const forget = database.prepare('DELETE FROM expectations WHERE sample_id = ?');
  return {
    get(sampleId) {
      const row = get.get(sampleId);
      // Written from a value of this type, and the daemon is the only writer.
      return row ? (json(row, 'expectation') as Expectation) : nothingExpected;
    },
    put: (sampleId, expectation) =>
      transaction(database, () => {
        put.run(sampleId, JSON.stringify(expectation), Date.now());
        forgetOldest.run();
      }),
    forget: (sampleId) => void forget.run(sampleId),
  };
}

/** The grid that a run of a sample is measured against: the sample's own, else the configured one. */
export function expectedGrid(
  { rows, columns, tiles }: Expectation,
  configured: GridSize | null,
): GridSize | null {
  if (rows !== null && columns !== null) return { rows, columns };
  // Coverage asks for rows x columns alone, so a number of tiles is a grid of one row.
  return tiles === null ? configured : { rows: 1, columns: tiles };
}
