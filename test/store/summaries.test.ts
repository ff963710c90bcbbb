import { describe, expect, it } from 'vitest';
import { connectReadOnly } from '../../src/store/connection.ts';
import type { RunNames } from '../../src/store/summaries.ts';
import { exampleRun, message, storeWithRun } from './examples.ts';

describe('the runs', () => {
  it('start filling, without a revision', () => {
    const { store, runId } = storeWithRun();
    expect(store.runs.get(runId)).toEqual({
      ...exampleRun,
      id: runId,
      pixelSizeSource: 'file',
      isPlaced: true,
      state: 'filling',
      revision: 0,
      lastTileAtMs: exampleRun.createdAtMs,
      sufficientAtMs: null,
      finalisedAtMs: null,
      finalised: null,
      analysis: null,
      rowsDeletedAfterDays: null,
      remarks: null,
    });
  });

  it('are found by label, folder and instrument, newest first', () => {
    const { store, runId } = storeWithRun();
    const later = store.runs.create({ ...exampleRun, name: 'later' });
    store.runs.create({ ...exampleRun, name: 'elsewhere', folder: '/export/tuesday' });
    expect(store.runs.from(exampleRun, 10).map((run) => run.id)).toEqual([later.id, runId]);
    expect(store.runs.all()).toHaveLength(3);
  });

  it('remember who ended them first, and why', () => {
    const { store, runId } = storeWithRun();
    store.runs.finalise(runId, 5000, { by: 'controller', reason: 'D50 known' });
    store.runs.finalise(runId, 9000, { by: null, reason: null });
    const finalised = { by: 'controller', reason: 'D50 known' };
    expect(store.runs.get(runId)).toMatchObject({ finalisedAtMs: 5000, finalised });
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

  it('keeps every final revision, and of the partial ones the last', () => {
    const { store, runId, path } = storeWithRun();
    for (const state of ['filling', 'filling', 'complete', 'filling', 'filling'] as const) {
      store.summaries.save(runId, state, (revision) => message('summary', { revision }));
    }
    const database = connectReadOnly(path);
    const kept = database.prepare('SELECT revision FROM summaries ORDER BY revision').all();
    database.close();
    expect(kept.map(({ revision }) => revision)).toEqual([3, 5]);
    expect(store.summaries.ofRun(runId).map(({ revision }) => revision)).toEqual([5, 3]);
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

describe('publishing summaries again', () => {
  const topicOf = ({ sampleId, name }: RunNames) => `${sampleId}/${name}`;

  it('puts the latest revision of the newest runs into the outbox, the oldest run first', () => {
    const { store } = storeWithRun(); // whose run has no summary
    for (const name of ['first', 'second', 'third']) {
      const { id } = store.runs.create({ ...exampleRun, name });
      for (const state of ['filling', 'complete'] as const)
        store.summaries.save(id, state, (revision) => message('summary', { revision, name }));
    }
    for (const { id } of store.outbox.next(0, 10)) store.outbox.acknowledge([id]);

    expect(store.summaries.publishAgain(2, topicOf)).toBe(2);
    const rows = store.outbox.next(0, 10);
    expect(rows.map(({ topic, retain, payload }) => [topic, retain, JSON.parse(payload)])).toEqual([
      [`${exampleRun.sampleId}/second`, true, { revision: 2, name: 'second' }],
      [`${exampleRun.sampleId}/third`, true, { revision: 2, name: 'third' }],
    ]);
    expect(rows.map(({ id }) => id)).toEqual([7, 8]);
  });

  it('leaves out what still waits to be sent', () => {
    const { store, runId } = storeWithRun();
    const topic = topicOf(exampleRun);
    store.summaries.save(runId, 'complete', () => ({ topic, retain: true, payload: {} }));
    expect(store.summaries.publishAgain(10, topicOf)).toBe(0);
    expect(store.outbox.depth()).toBe(1);
  });
});
