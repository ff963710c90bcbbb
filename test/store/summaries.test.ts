import { describe, expect, it } from 'vitest';
import { exampleRun, message, storeWithRun } from './examples.ts';

describe('the runs', () => {
  it('start filling, without a revision', () => {
    const { store, runId } = storeWithRun();
    expect(store.runs.get(runId)).toEqual({
      ...exampleRun,
      id: runId,
      state: 'filling',
      revision: 0,
      lastTileAtMs: exampleRun.createdAtMs,
      sufficientAtMs: null,
    });
  });

  it('are found by label, folder and instrument, newest first', () => {
    const { store, runId } = storeWithRun();
    const later = store.runs.create({ ...exampleRun, name: 'later' });
    store.runs.create({ ...exampleRun, name: 'elsewhere', folder: '/export/tuesday' });
    expect(store.runs.from(exampleRun).map((run) => run.id)).toEqual([later.id, runId]);
    expect(store.runs.all()).toHaveLength(3);
  });

  it('remember when they were sufficient first, and for good', () => {
    const { store, runId } = storeWithRun();
    store.runs.noteSufficient(runId, 5000);
    store.runs.noteSufficient(runId, 9000);
    expect(store.runs.get(runId)?.sufficientAtMs).toBe(5000);
  });

  it('are found by state', () => {
    const { store, runId } = storeWithRun();
    store.runs.setState(runId, 'stalled');
    expect(store.runs.inState('filling')).toEqual([]);
    expect(store.runs.inState('stalled').map((run) => run.id)).toEqual([runId]);
  });

  it('never share an id in topics', () => {
    const { store } = storeWithRun();
    expect(() => store.runs.create(exampleRun)).toThrow(/UNIQUE/);
  });
});

describe('saving a summary', () => {
  it('gives each revision the next number, and the latest supersedes the others', () => {
    const { store, runId } = storeWithRun();
    const save = (state: 'filling' | 'complete') =>
      store.summaries.save(runId, state, (revision) => message('summary', { revision, state }));
    expect([save('filling'), save('complete')]).toEqual([1, 2]);
    expect(store.summaries.latest(runId)).toEqual({
      revision: 2,
      state: 'complete',
      payload: { revision: 2, state: 'complete' },
    });
    expect(store.runs.get(runId)).toMatchObject({ state: 'complete', revision: 2 });
    expect(store.outbox.next(0, 10).map((row) => JSON.parse(row.payload).revision)).toEqual([1, 2]);
  });

  it('uses no revision up when the summary cannot be composed', () => {
    const { store, runId } = storeWithRun();
    expect(() =>
      store.summaries.save(runId, 'complete', () => {
        throw new Error('no statistics');
      }),
    ).toThrow('no statistics');
    expect(store.runs.get(runId)).toMatchObject({ state: 'filling', revision: 0 });
    expect(store.outbox.depth()).toBe(0);
  });
});
