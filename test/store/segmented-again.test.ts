import { describe, expect, it } from 'vitest';
import { exampleParticle, message, seenTile, segmentedTile, storeWithRun } from './examples.ts';

const analysis = { model: 'high', thresholds: { overlap: 0.4 }, underWay: true };

/** A run with tiles A and B, segmented with particles of 1 um2, and C, which waits. */
function threeTiles() {
  const { store, runId } = storeWithRun();
  const [a, b, c] = ['A', 'B', 'C'].map((content) => store.tiles.noteSeen(seenTile(runId, content)).tileId);
  for (const id of [a!, b!]) store.results.recordResult(id, segmentedTile([exampleParticle(1)]), []);
  return { store, runId, a: a!, b: b!, c: c! };
}

describe('a tile to be segmented again', () => {
  it('counts with its old result until the new one takes its place', () => {
    const { store, runId, a } = threeTiles();
    store.results.askAgain(runId, analysis, [a]);
    expect(store.tiles.get(a)).toMatchObject({ state: 'segmented', again: true, attempts: 0 });
    expect(store.tiles.countByState(runId)).toMatchObject({ seen: 1, segmented: 2 });
    expect(store.particles.ofTile(a).map(({ areaUm2 }) => areaUm2)).toEqual([1]);

    const next = segmentedTile([exampleParticle(2), exampleParticle(3)]);
    expect(store.results.recordResult(a, next, [message('tile')])).toBe(true);
    expect(store.particles.ofTile(a).map(({ areaUm2 }) => areaUm2)).toEqual([2, 3]);
    expect(store.tiles.get(a)).toMatchObject({ state: 'segmented', again: false });
    expect(store.outbox.depth()).toBe(1);
    expect(store.results.recordResult(a, segmentedTile([]), [message('tile')])).toBe(false);
    expect(store.outbox.depth()).toBe(1);
  });

  it('waits behind those that were never segmented', () => {
    const { store, runId, a, b, c } = threeTiles();
    store.results.askAgain(runId, analysis, [a, b]);
    expect(store.tiles.nextWaiting(5).map(({ id }) => id)).toEqual([c, a, b]);
    expect(store.tiles.nextWaiting(5, [c, a]).map(({ id }) => id)).toEqual([b]);
    expect(store.tiles.nextWaiting(2).map(({ id }) => id)).toEqual([c, a]);
    expect([store.tiles.countAgain(), store.tiles.countAgain(runId), store.tiles.countAgain(77)]).toEqual([
      2, 2, 0,
    ]);
  });

  it('keeps its result after a failure, the final one too', () => {
    const { store, runId, a } = threeTiles();
    store.results.askAgain(runId, analysis, [a]);
    store.results.recordFailure(a, { reason: 'crash', final: false }, []);
    expect(store.tiles.get(a)).toMatchObject({ state: 'segmented', again: true, attempts: 1 });
    store.results.recordFailure(a, { reason: 'crash', final: true }, []);
    expect(store.tiles.get(a)).toMatchObject({ state: 'segmented', again: false, reason: 'crash' });
    expect(store.particles.ofTile(a)).toHaveLength(1);
    expect(store.results.recordFailure(a, { reason: 'crash', final: true }, [])).toBe(false);
  });

  it('is forgotten where another analysis does not need it, or its content is superseded', () => {
    const { store, runId, a, b } = threeTiles();
    store.results.askAgain(runId, analysis, [a, b]);
    store.results.askAgain(runId, { ...analysis, model: null }, [b]);
    expect(store.tiles.get(a)?.again).toBe(false);
    store.tiles.supersede(b);
    expect(store.tiles.countAgain(runId)).toBe(0);
    expect(store.results.recordResult(b, segmentedTile([]), [])).toBe(false);
    // The same content comes back: it waits as any new tile does.
    store.tiles.noteSeen(seenTile(runId, 'B'));
    expect(store.tiles.get(b)).toMatchObject({ state: 'seen', again: false });
  });

  it('is never one that waits anyway', () => {
    const { store, runId, c } = threeTiles();
    store.results.askAgain(runId, analysis, [c]);
    expect(store.tiles.get(c)).toMatchObject({ state: 'seen', again: false });
  });
});

describe("a run's analysis", () => {
  it('is kept with the run, and owes a revision until that is written', () => {
    const { store, runId, a } = threeTiles();
    expect(store.runs.get(runId)?.analysis).toBeNull();
    store.results.askAgain(runId, analysis, [a]);
    expect(store.runs.underAnalysis().map(({ id }) => id)).toEqual([runId]);
    store.runs.endAnalysis(runId);
    expect(store.runs.get(runId)?.analysis).toEqual({ ...analysis, underWay: false });
    expect(store.runs.underAnalysis()).toEqual([]);
  });
});
