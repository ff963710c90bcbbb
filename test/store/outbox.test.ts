import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { message, storeWithRun } from './examples.ts';

describe('the outbox', () => {
  it('gives messages in the order in which they were stored, a few at a time', () => {
    const { store, runId } = storeWithRun();
    for (const state of ['filling', 'complete', 'complete'] as const) {
      store.summaries.save(runId, state, (revision) => ({ topic: 's', retain: true, payload: { revision } }));
    }
    expect(store.outbox.next(0, 2).map(({ id, retain, payload }) => [id, retain, payload])).toEqual([
      [1, true, '{"revision":1}'],
      [2, true, '{"revision":2}'],
    ]);
    expect(store.outbox.next(2, 2).map((row) => row.id)).toEqual([3]);
  });

  it('never gives a sequence number twice, even when all messages were acknowledged before a restart', () => {
    const { store, runId, path } = storeWithRun();
    const save = (into: typeof store) => into.summaries.save(runId, 'filling', () => message('summary'));
    save(store);
    save(store);
    store.outbox.acknowledge([1]);
    store.outbox.acknowledge([2]);
    expect(store.outbox.depth()).toBe(0);
    store.close();
    const again = openStore(path);
    save(again);
    expect(again.outbox.next(0, 10).map((row) => row.id)).toEqual([3]);
    again.close();
  });

  it('is emptied where there is nobody to publish to, and numbers go on', () => {
    const { store, runId } = storeWithRun();
    const save = () => store.summaries.save(runId, 'filling', () => message('summary'));
    save();
    save();
    store.outbox.clear();
    expect(store.outbox.depth()).toBe(0);
    save();
    expect(store.outbox.next(0, 10).map((row) => row.id)).toEqual([3]);
  });
});
