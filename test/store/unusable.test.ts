import { describe, expect, it } from 'vitest';
import type { UnusableFile } from '../../src/store/unusable.ts';
import { message, seenTile, storeWithRun } from './examples.ts';

const truncated: UnusableFile = {
  path: '/export/monday/A.tiff',
  sizeBytes: 512,
  modifiedAtMs: 1_500.25,
  code: 'truncated',
  reason: 'ends after 512 bytes, expected 2304000',
  mayRecover: true,
};

describe('setting a file aside', () => {
  it('lists and announces it once, however often it is found', () => {
    const { store } = storeWithRun();
    const setAside = () => store.unusable.setAside(truncated, message('set-aside'));
    expect([setAside(), setAside()]).toEqual([true, false]);
    expect(store.unusable.all()).toEqual([truncated]);
    expect(store.outbox.depth()).toBe(1);
  });

  it('announces it again when it has changed and is still unusable', () => {
    const { store } = storeWithRun();
    const grown = { ...truncated, sizeBytes: 1024, reason: 'ends after 1024 bytes, expected 2304000' };
    store.unusable.setAside(truncated, message('set-aside'));
    expect(store.unusable.setAside(grown, message('set-aside'))).toBe(true);
    expect(store.unusable.get(truncated.path)).toEqual(grown);
    expect(store.outbox.depth()).toBe(2);
  });

  it('takes it off the list when its path becomes a usable tile', () => {
    const { store, runId } = storeWithRun();
    store.unusable.setAside(truncated, message('set-aside'));
    store.tiles.noteSeen(seenTile(runId, 'A'));
    expect(store.unusable.all()).toEqual([]);
  });

  it('takes it off the list when the file is gone', () => {
    const { store } = storeWithRun();
    store.unusable.setAside(truncated, message('set-aside'));
    store.unusable.forget(truncated.path);
    expect(store.unusable.get(truncated.path)).toBeUndefined();
  });
});
