import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { exampleRun, storeWithRun } from './examples.ts';

const known = (value: number) => ({ value, low95: value - 1, high95: value + 1 });
const figures = { d10: known(2), d50: known(5), d90: known(9) };

describe('what revisions of a run knew of the sizes', () => {
  it('is kept by tiles, over a restart, and apart from other runs', () => {
    const { store, runId, path } = storeWithRun();
    const other = store.runs.create({ ...exampleRun, name: 'other' }).id;
    store.precisions.note(runId, { revision: 2, tiles: 8, ...figures });
    store.precisions.note(runId, { revision: 1, tiles: 3, ...figures });
    store.precisions.note(other, { revision: 1, tiles: 5, ...figures });
    store.close();
    const reopened = openStore(path);
    expect(reopened.precisions.ofRun(runId)).toEqual([
      { revision: 1, tiles: 3, ...figures },
      { revision: 2, tiles: 8, ...figures },
    ]);
    reopened.close();
  });

  it('is that of the latest of those that rest on as many tiles', () => {
    const { store, runId } = storeWithRun();
    const again = { ...figures, d50: { value: 6, low95: null, high95: null } };
    store.precisions.note(runId, { revision: 1, tiles: 3, ...figures });
    store.precisions.note(runId, { revision: 2, tiles: 3, ...again });
    expect(store.precisions.ofRun(runId)).toEqual([{ revision: 2, tiles: 3, ...again }]);
  });

  it('becomes sparser where there is more than a chart shows, and never loses the latest', () => {
    const { store, runId } = storeWithRun();
    const most = 4;
    for (let tiles = 1; tiles <= 5; tiles += 1)
      store.precisions.note(runId, { revision: tiles, tiles, ...figures }, most);
    // Of 1 to 5 the second and fourth go.
    expect(store.precisions.ofRun(runId).map(({ tiles }) => tiles)).toEqual([1, 3, 5]);
    store.precisions.note(runId, { revision: 6, tiles: 6, ...figures }, most);
    store.precisions.note(runId, { revision: 7, tiles: 7, ...figures }, most);
    // Of 1, 3, 5, 6, 7 the second and fourth.
    expect(store.precisions.ofRun(runId).map(({ tiles }) => tiles)).toEqual([1, 5, 7]);
  });
});
