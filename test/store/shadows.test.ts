import { describe, expect, it } from 'vitest';
import { openStore, openStoreReadOnly } from '../../src/store/database.ts';
import type { ShadowModel } from '../../src/store/shadows.ts';
import { exampleParticle, exampleRun, message, seenTile, segmentedTile, storeWithRun } from './examples.ts';

const shadow: ShadowModel = {
  name: 'next',
  sha256: 'b'.repeat(64),
  thresholds: { overlap: 0.5, certain: 0.4 },
};
const other: ShadowModel = { ...shadow, thresholds: { overlap: 0.5, certain: 0.6 } };
const outlines = [[[1, 2, 3.5, 2, 3.5, 4]]];
const finding = {
  particles: [exampleParticle(2)],
  outlines,
  arithmetic: 'as-shipped',
  durationMs: 300,
} as const;

type WithRun = ReturnType<typeof storeWithRun>;

function segmented({ store, runId }: WithRun, content: string, model: ShadowModel | null = shadow): number {
  const { tileId } = store.tiles.noteSeen(seenTile(runId, content));
  store.results.recordResult(tileId, { ...segmentedTile([exampleParticle(1)]), shadow: model }, []);
  return tileId;
}

describe('tiles of a shadow model', () => {
  it('wait from the moment on that the serving one has segmented them, across a restart', () => {
    const own = storeWithRun();
    const tileId = segmented(own, 'a');
    segmented(own, 'b', null);
    own.store.close();
    const store = openStore(own.path);
    expect(store.shadows.next()?.id).toBe(tileId);
    expect(store.shadows.counts(shadow)).toEqual({ waiting: 1, segmented: 0, failed: 0 });
    store.close();
  });

  it('are written once: what comes again, or for another model, is not', () => {
    const own = storeWithRun();
    const { store, runId } = own;
    const tileId = segmented(own, 'a');
    expect(store.shadows.record(tileId, other, finding)).toBe(false);
    expect(store.shadows.record(tileId, shadow, finding)).toBe(true);
    expect(store.shadows.record(tileId, shadow, { ...finding, particles: [], outlines: [] })).toBe(false);
    expect(store.shadows.next()).toBeUndefined();
    expect(store.shadows.ofRun(runId, shadow)).toEqual([
      { tileId, model: shadow, state: 'segmented', attempts: 0, reason: null, finding },
    ]);
    expect(store.shadows.ofRun(runId, other)).toEqual([]);
    // The particles that count are those of the serving model alone.
    expect(store.particles.ofTile(tileId)).toEqual([exampleParticle(1)]);
  });

  it('are known by their model, in whatever order its thresholds stand', () => {
    const own = storeWithRun();
    const tileId = segmented(own, 'a');
    const turned = { ...shadow, thresholds: { certain: 0.4, overlap: 0.5 } };
    expect(own.store.shadows.record(tileId, turned, finding)).toBe(true);
  });

  it('come after the newer ones once they have failed, and are given up with their reason', () => {
    const own = storeWithRun();
    const { store } = own;
    const [first, second] = [segmented(own, 'a'), segmented(own, 'b')];
    expect(store.shadows.next()?.id).toBe(second);
    expect(store.shadows.fail(second, shadow, { reason: 'no memory', final: false })).toBe(true);
    expect(store.shadows.next()?.id).toBe(first);
    expect(store.shadows.fail(second, shadow, { reason: 'no memory again', final: true })).toBe(true);
    expect(store.shadows.ofTile(second)).toMatchObject({
      state: 'failed',
      attempts: 2,
      reason: 'no memory again',
    });
    expect(store.shadows.fail(second, shadow, { reason: 'late', final: true })).toBe(false);
    expect(store.shadows.counts(shadow)).toEqual({ waiting: 1, segmented: 0, failed: 1 });
  });

  it('wait no more for a model that is no longer the shadow, and keep what it found', () => {
    const own = storeWithRun();
    const { store, runId } = own;
    const done = segmented(own, 'a');
    store.shadows.record(done, shadow, finding);
    segmented(own, 'b');
    segmented(own, 'c', other);
    expect(store.shadows.waitOnlyFor(other)).toBe(1);
    expect(store.shadows.counts(other).waiting).toBe(1);
    expect(store.shadows.waitOnlyFor(null)).toBe(1);
    expect(store.shadows.next()).toBeUndefined();
    expect(store.shadows.ofRun(runId, shadow)).toHaveLength(1);
  });

  it('are asked for again by another shadow model alone, however often the serving one segments them', () => {
    const own = storeWithRun();
    const { store, runId } = own;
    const tileId = segmented(own, 'a');
    store.shadows.record(tileId, shadow, finding);
    const again = (model: ShadowModel): void => {
      store.results.askAgain(runId, { model: null, thresholds: {}, underWay: true }, [tileId]);
      expect(store.shadows.next()).toBeUndefined();
      store.results.recordResult(tileId, { ...segmentedTile([]), shadow: model }, []);
    };
    again(shadow);
    expect(store.shadows.next()).toBeUndefined();
    again(other);
    expect(store.shadows.next()?.id).toBe(tileId);
    expect(store.shadows.ofTile(tileId)).toMatchObject({ model: other, attempts: 0, finding: null });
  });

  it('count no more once another image took their place', () => {
    const own = storeWithRun();
    const { store, runId } = own;
    const tileId = segmented(own, 'a');
    store.tiles.supersede(tileId);
    expect(store.shadows.next()).toBeUndefined();
    expect(store.shadows.counts(shadow)).toEqual({ waiting: 0, segmented: 0, failed: 0 });
    // The same content comes back, of which something else may be stated now.
    store.tiles.noteSeen(seenTile(runId, 'a'));
    expect(store.shadows.ofTile(tileId)).toBeUndefined();
  });

  it('are forgotten with all but the newest runs', () => {
    const own = storeWithRun();
    const { store } = own;
    const tileId = segmented(own, 'a');
    const newer = { ...own, runId: store.runs.create({ ...exampleRun, name: 'newer' }).id };
    segmented(newer, 'b');
    expect(store.shadows.runsOf(shadow)).toEqual([newer.runId, own.runId]);
    store.shadows.keepRuns(1);
    expect(store.shadows.ofTile(tileId)).toBeUndefined();
    expect(store.shadows.runsOf(shadow)).toEqual([newer.runId]);
  });

  it('go with the particles of their run', () => {
    const own = storeWithRun();
    const { store, runId } = own;
    const tileId = segmented(own, 'a');
    store.shadows.record(tileId, shadow, finding);
    store.summaries.save(runId, 'complete', () => message('summary', { at: new Date(0).toISOString() }));
    store.runs.create({ ...exampleRun, name: 'newer' });
    expect(store.keptRows.close(runId, Number.MAX_SAFE_INTEGER, 90)).toBe(true);
    expect(store.shadows.ofTile(tileId)).toBeUndefined();
  });

  it('can be read beside the daemon', () => {
    const own = storeWithRun();
    const tileId = segmented(own, 'a');
    expect(own.store.shadows.latestModel()).toEqual(shadow);
    const reader = openStoreReadOnly(own.path);
    expect(reader.shadows.latestModel()).toEqual(shadow);
    expect(reader.shadows.ofTile(tileId)).toMatchObject({ state: 'waiting', finding: null });
    reader.close();
  });
});
