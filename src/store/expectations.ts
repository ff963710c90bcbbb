import type { DatabaseSync } from 'node:sqlite';
import { EXPECTATIONS_MAX, type Expectation, nothingExpected } from './expectation.ts';
import { json } from './row.ts';
import { transaction } from './transaction.ts';

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
      // Written from a value of this type, or of an earlier version's that knew less; the daemon is the only writer.
      return row ? { ...nothingExpected, ...(json(row, 'expectation') as Expectation) } : nothingExpected;
    },
    put: (sampleId, expectation) =>
      transaction(database, () => {
        put.run(sampleId, JSON.stringify(expectation), Date.now());
        forgetOldest.run();
      }),
    forget: (sampleId) => void forget.run(sampleId),
  };
}
