import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStoreReadOnly } from '../../src/store/database.ts';
import {
  EXPECTATIONS_MAX,
  type Expectation,
  expectedGrid,
  nothingExpected,
} from '../../src/store/expectation.ts';
import { storeWithRun } from './examples.ts';

const expectation: Expectation = {
  rows: 3,
  columns: 4,
  tiles: null,
  target: { d50Um: { min: 4.5, max: 5.5 }, probability: 0.9 },
  precision: { relativeHalfWidth: 0.05 },
  operator: 'Ada',
  note: null,
};

describe('an expectation', () => {
  it('is nothing until somebody says something, and again once it is forgotten', () => {
    const { expectations } = storeWithRun().store;
    expect(expectations.get('powder')).toEqual(nothingExpected);
    expectations.put('powder', expectation);
    expect(expectations.get('powder')).toEqual(expectation);
    expect(expectations.get('other')).toEqual(nothingExpected);
    expectations.put('powder', nothingExpected);
    expectations.put('powder', { ...expectation, rows: 5 });
    expect(expectations.get('powder').rows).toBe(5);
    expectations.forget('powder');
    expect(expectations.get('powder')).toEqual(nothingExpected);
  });

  it('is kept for 10,000 samples; the one spoken of longest ago is forgotten first', () => {
    const { store, path } = storeWithRun();
    const { expectations } = store;
    const database = new DatabaseSync(path);
    onTestFinished(() => database.close());
    // One less than the limit beside `powder`, each said at a later time than now, as before a clock was set back.
    expectations.put('powder', expectation);
    database.exec(`INSERT INTO expectations (sample_id, expectation, at_ms)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${EXPECTATIONS_MAX - 1})
      SELECT 'sample-' || i, '${JSON.stringify(expectation)}', 9000000000000000 FROM n`);
    expectations.put('powder', { ...expectation, rows: 5 });
    expect(expectations.get('sample-1')).toEqual(expectation);
    expectations.put('newest', expectation);
    expect(expectations.get('sample-1')).toEqual(nothingExpected);
    expect(expectations.get('sample-2')).toEqual(expectation);
    expect(expectations.get('powder').rows).toBe(5);
    expect(expectations.get('newest')).toEqual(expectation);
    expect(database.prepare('SELECT count(*) AS kept FROM expectations').get()?.kept).toBe(10_000);
  });

  it('is read beside the daemon', () => {
    const { store, path } = storeWithRun();
    store.expectations.put('powder', expectation);
    const reader = openStoreReadOnly(path);
    onTestFinished(() => reader.close());
    expect(reader.expectations.get('powder')).toEqual(expectation);
  });
});

describe('the expected grid', () => {
  const configured = { rows: 12, columns: 24 };

  it('is the configured one, or none, where nobody says otherwise', () => {
    expect(expectedGrid(nothingExpected, configured)).toEqual(configured);
    expect(expectedGrid({ ...expectation, rows: null, columns: null }, null)).toBeNull();
  });

  it("is the sample's own otherwise, a number of tiles as one row", () => {
    expect(expectedGrid(expectation, configured)).toEqual({ rows: 3, columns: 4 });
    expect(expectedGrid({ ...nothingExpected, tiles: 40 }, configured)).toEqual({ rows: 1, columns: 40 });
  });
});
