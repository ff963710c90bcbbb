import { describe, expect, it, onTestFinished } from 'vitest';
import { openStoreReadOnly } from '../../src/store/database.ts';
import { type Expectation, expectedGrid, nothingExpected } from '../../src/store/expectations.ts';
import { storeWithRun } from './examples.ts';

const expectation: Expectation = {
  rows: 3,
  columns: 4,
  tiles: null,
  target: { d50Um: { min: 4.5, max: 5.5 }, probability: 0.9 },
  precision: { relativeHalfWidth: 0.05 },
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
