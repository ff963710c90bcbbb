import { describe, expect, it } from 'vitest';
import { correctedPieces } from '../../src/measure/corrected-pieces.ts';
import { openStoreReadOnly } from '../../src/store/database.ts';
import { exampleParticle, seenTile, segmentedTile, storeWithRun } from './examples.ts';

const outlinePx = [[1, 1, 5, 1, 5, 5, 1, 5]];

/** A run with two tiles of two particles each, of 1 and 2 um2. */
function twoTiles() {
  const stored = storeWithRun();
  const { store, runId } = stored;
  const [a, b] = ['A', 'B'].map((content) => {
    const { tileId } = store.tiles.noteSeen(seenTile(runId, content));
    store.results.recordResult(tileId, segmentedTile([exampleParticle(1), exampleParticle(2)]), []);
    return tileId;
  });
  const say = (tileId: number, change: Parameters<typeof store.corrections.add>[0]['change']) =>
    store.corrections.add({
      ...{ tileId, reviewer: 'Ada', atMs: 5_000, change },
      drawn: 'outlinePx' in change ? [exampleParticle(16)] : [],
    });
  /** Has all that is said of a tile counted, as a review does. */
  const review = (tileId: number): number => {
    const all = store.corrections.ofTile(tileId).filter(({ isStale }) => !isStale);
    return store.corrections.review({
      ...{ runId, reviewer: 'Bo', atMs: 6_000 },
      tiles: [{ tileId, pieces: correctedPieces(store.particles.foundIn(tileId), all) }],
      correctionIds: all.filter(({ isUndone }) => !isUndone).map(({ id }) => id),
    });
  };
  return { ...stored, a: a!, b: b!, say, review };
}

const areas = (particles: readonly { areaUm2: number }[]) => particles.map(({ areaUm2 }) => areaUm2);

describe('a correction in the store', () => {
  it('stands beside what the model found, and changes nothing that counts', () => {
    const { store, a, say } = twoTiles();
    const kept = say(a, { kind: 'draw', outlinePx, certain: true });
    expect(kept).toMatchObject({
      ...{ tileId: a, reviewer: 'Ada', atMs: 5_000, change: { kind: 'draw', outlinePx, certain: true } },
      ...{ undone: null, isUndone: false, isStale: false, isApplied: false, appliedInRevision: null },
      model: { name: 'low', thresholds: { objectnessCertain: 0.6 } },
    });
    expect(areas(store.particles.ofTile(a))).toEqual([1, 2]);
    expect(store.corrections.ofTile(a)).toEqual([kept]);
  });

  it('is there after a restart, as is who took it back', () => {
    const { store, path, a, say } = twoTiles();
    const { id } = say(a, { kind: 'delete', of: 1 });
    store.corrections.undo(id, 'Bo', 7_000);
    store.corrections.undo(id, 'Cy', 8_000);
    const reader = openStoreReadOnly(path);
    expect(reader.corrections.get(id)).toMatchObject({ isUndone: true, undone: { atMs: 7_000, by: 'Bo' } });
    reader.close();
  });

  it('is stale once its tile is segmented again, and that again in as many attempts', () => {
    const { store, runId, a, say } = twoTiles();
    const { id } = say(a, { kind: 'delete', of: 1 });
    store.results.askAgain(runId, { model: null, thresholds: {}, underWay: true }, [a]);
    expect(store.corrections.get(id)?.isStale).toBe(false);
    store.results.recordResult(a, segmentedTile([exampleParticle(3)]), []);
    expect(store.tiles.get(a)?.attempts).toBe(1);
    expect(store.corrections.get(id)?.isStale).toBe(true);
    expect(store.corrections.inForce(runId).stale).toEqual({ corrections: 1, tiles: 1 });
  });
});

describe('a tile that was reviewed', () => {
  it('counts what its corrections leave, with their numbers, and keeps what the model found', () => {
    const { store, runId, a, b, say, review } = twoTiles();
    say(a, { kind: 'delete', of: 0 });
    const { id } = say(a, { kind: 'draw', outlinePx, certain: true });
    review(a);
    expect(store.particles.piecesOfTile(a)).toMatchObject([
      { number: 1, particle: { areaUm2: 2 }, correctionId: null, drawnPx: null },
      { number: 2, particle: { areaUm2: 16 }, correctionId: id, drawnPx: outlinePx },
    ]);
    expect(areas(store.particles.foundIn(a))).toEqual([1, 2]);
    const of = (as?: 'found') =>
      new Map([...store.particles.columnsOfRun(runId, as)].map((tile) => [tile.tileId, tile]));
    expect(of().get(a)).toMatchObject({ isReviewed: true, numbers: Int32Array.of(1, 2) });
    expect(of().get(a)).toMatchObject({
      areaUm2: Float64Array.of(2, 16),
      corrected: Uint8Array.of(0, 1),
    });
    expect(of().get(b)).toMatchObject({ isReviewed: false, areaUm2: Float64Array.of(1, 2) });
    expect(of('found').get(a)).toMatchObject({ isReviewed: false, areaUm2: Float64Array.of(1, 2) });
    const rows = [...store.particles.rowsOfRun(runId)].filter(({ tileId }) => tileId === a);
    expect(rows.map(({ number, correctionId }) => [number, correctionId])).toEqual([
      [1, null],
      [2, id],
    ]);
    expect(areas(store.particles.leastConfident(runId, 9).map(({ particle }) => particle))).toEqual([
      16, 2, 2, 1,
    ]);
  });

  it('owes a revision, whose number its corrections then tell', () => {
    const { store, runId, a, b, say, review } = twoTiles();
    const { id } = say(a, { kind: 'delete', of: 0 });
    const first = review(a);
    expect(store.runs.underAnalysis().map((run) => run.id)).toEqual([runId]);
    expect(store.corrections.get(id)).toMatchObject({ isApplied: true, appliedInRevision: null });
    expect(store.corrections.inForce(runId)).toMatchObject({
      ...{ reviewId: first, corrections: 1, tiles: 1, reviewers: ['Ada'] },
    });
    store.corrections.noteRevision(first, 4);
    store.corrections.noteRevision(first, 5);
    expect(store.corrections.get(id)?.appliedInRevision).toBe(4);
    // One of another run, or of a later review, is none of them.
    expect(store.corrections.get(say(b, { kind: 'delete', of: 0 }).id)?.appliedInRevision).toBeNull();
  });

  it('counts what the model finds once it is segmented again', () => {
    const { store, runId, a, say, review } = twoTiles();
    say(a, { kind: 'delete', of: 0 });
    review(a);
    store.results.askAgain(runId, { model: null, thresholds: {}, underWay: true }, [a]);
    expect(areas(store.particles.ofTile(a))).toEqual([2]);
    store.results.recordResult(a, segmentedTile([exampleParticle(3)]), []);
    expect(areas(store.particles.ofTile(a))).toEqual([3]);
    expect(store.corrections.inForce(runId)).toMatchObject({ corrections: 0, reviewers: [] });
  });

  it('loses its particles with those of its run, and no correction', () => {
    const { store, runId, a, say, review } = twoTiles();
    say(a, { kind: 'delete', of: 0 });
    review(a);
    store.runs.endAnalysis(runId);
    store.summaries.save(runId, 'complete', () => ({
      ...{ topic: 'summary', retain: true, payload: { at: '1970-01-01T00:00:01.000Z' } },
    }));
    store.runs.create({ ...store.runs.get(runId)!, name: 'newer' });
    expect(store.keptRows.close(runId, 1e12, 1)).toBe(true);
    let steps = 1;
    while (store.keptRows.deleteSome(runId, 2)) steps++;
    // Four particles of the models and one of the review, two at a time.
    expect(steps).toBeGreaterThan(2);
    expect(store.particles.ofTile(a)).toEqual([]);
    expect(store.particles.foundIn(a)).toEqual([]);
    expect(store.corrections.ofTile(a)).toHaveLength(1);
  });
});
