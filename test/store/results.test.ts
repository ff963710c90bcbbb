import { describe, expect, it } from 'vitest';
import { exampleParticle, message, seenTile, segmentedTile, storeWithRun } from './examples.ts';

describe('recording a result', () => {
  it('gives back every figure of every particle', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    const particles = [exampleParticle(3), exampleParticle(4, false)];
    store.results.recordResult(tileId, segmentedTile(particles), [message('tile')]);
    expect(store.particles.ofTile(tileId)).toEqual(particles);
    expect(store.tiles.get(tileId)).toMatchObject({
      state: 'segmented',
      attempts: 1,
      site: { row: 2, column: 3 },
      model: { name: 'low', thresholds: { objectnessCertain: 0.6 } },
      quality: { contrast: 0.5 },
    });
  });

  it('announces it in the same transaction: a result that cannot be stored announces nothing', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    const broken = [exampleParticle(1), exampleParticle(Number.NaN)];
    expect(() => store.results.recordResult(tileId, segmentedTile(broken), [message('tile')])).toThrow(
      /area_um2/,
    );
    expect(store.outbox.depth()).toBe(0);
    expect(store.particles.ofTile(tileId)).toEqual([]);
    expect(store.tiles.get(tileId)?.state).toBe('seen');
  });

  it('counts a tile once when its result arrives twice', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    const record = () =>
      store.results.recordResult(tileId, segmentedTile([exampleParticle(1)]), [message('tile')]);
    expect([record(), record()]).toEqual([true, false]);
    expect(store.particles.ofTile(tileId)).toHaveLength(1);
    expect(store.outbox.depth()).toBe(1);
  });

  it('drops the result of a tile that was superseded while it was segmented', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A', { path: '/tile' }));
    store.tiles.noteSeen(seenTile(runId, 'B', { path: '/tile' }));
    expect(store.results.recordResult(tileId, segmentedTile([]), [message('tile')])).toBe(false);
    expect(store.outbox.depth()).toBe(0);
  });

  it('keeps a tile without particles as segmented, not as missing', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    store.results.recordResult(tileId, segmentedTile([]), []);
    expect([...store.particles.columnsOfRun(runId)].map((tile) => tile.areaUm2.length)).toEqual([0]);
  });

  it('takes under 30 ms for 1,000 particles', () => {
    const { store, runId } = storeWithRun();
    const particles = Array.from({ length: 1_000 }, (_, index) => exampleParticle(index + 1));
    const tookMs = Array.from({ length: 12 }, (_, index) => {
      const { tileId } = store.tiles.noteSeen(seenTile(runId, `tile ${index}`));
      const start = performance.now();
      store.results.recordResult(tileId, segmentedTile(particles), [message('tile', { particles })]);
      return performance.now() - start;
    });
    // The quickest of twelve: what the work costs when nothing else has the processor or the disk.
    expect(Math.min(...tookMs)).toBeLessThan(30);
  });
});

describe('recording a failure', () => {
  it('lets the tile wait for another attempt, then gives it up with the reason', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    store.results.recordFailure(tileId, { reason: 'segmenter crashed', final: false }, []);
    expect(store.tiles.get(tileId)).toMatchObject({ state: 'seen', attempts: 1 });
    store.results.recordFailure(tileId, { reason: 'crashed again', final: true }, [message('tile')]);
    expect(store.tiles.get(tileId)).toMatchObject({ state: 'failed', attempts: 2, reason: 'crashed again' });
    expect(store.outbox.depth()).toBe(1);
    expect(store.tiles.nextWaiting(10)).toEqual([]);
  });

  it('does not undo a result', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    store.results.recordResult(tileId, segmentedTile([]), []);
    expect(store.results.recordFailure(tileId, { reason: 'late', final: true }, [message('tile')])).toBe(
      false,
    );
    expect(store.tiles.get(tileId)?.state).toBe('segmented');
  });
});

describe('reading a run', () => {
  it('gives each tile as columns, in the order in which tiles were seen', () => {
    const { store, runId } = storeWithRun();
    const [a, b] = ['A', 'B'].map((name) => store.tiles.noteSeen(seenTile(runId, name)).tileId);
    store.results.recordResult(b!, segmentedTile([exampleParticle(5)]), []);
    store.results.recordResult(a!, segmentedTile([exampleParticle(3), exampleParticle(4, false)]), []);
    const [first, second] = [...store.particles.columnsOfRun(runId)];
    expect(first).toEqual({
      tileId: a,
      site: { row: 2, column: 3 },
      isPlaced: true,
      stagePositionUm: { x: 3.5, y: 31.5 },
      fieldUm: { width: 96, height: 60 },
      scanRotationRad: 0,
      isReviewed: false,
      numbers: Int32Array.of(0, 1),
      corrected: Uint8Array.of(0, 0),
      areaUm2: Float64Array.of(3, 4),
      diameterEquivalentUm: Float64Array.of(1.5, 1.5),
      centroidXUm: Float64Array.of(12.5, 12.5),
      centroidYUm: Float64Array.of(-7.25, -7.25),
      // The field of 96 x 60 um around (3.5, 31.5) begins at x = -44.5 and ends at y = 61.5; at 50 nm the box of
      // 25 x 50 px at column 90, row 180 begins 4.5 um to the right and 9 um down and is 1.25 x 2.5 um large.
      boxLeftUm: Float64Array.of(-40, -40),
      boxBottomUm: Float64Array.of(50, 50),
      boxWidthUm: Float64Array.of(1.25, 1.25),
      boxHeightUm: Float64Array.of(2.5, 2.5),
      // Rows 180 to 199 reach from 9 to 10 um below the top.
      cuts: [[], [{ side: 'left', fromUm: 51.5, toUm: 52.5 }]],
      diameterFeretMinUm: Float64Array.of(1.25, 1.25),
      diameterFeretMaxUm: Float64Array.of(2.5, 2.5),
      perimeterUm: Float64Array.of(6.5, 6.5),
      aspectRatio: Float64Array.of(0.5, 0.5),
      circularity: Float64Array.of(0.875, 0.875),
      solidity: Float64Array.of(0.9375, 0.9375),
      objectness: Float64Array.of(0.75, 0.75),
      confidence: Float64Array.of(0.625, 0.625),
      certain: Uint8Array.of(1, 0),
      touchesBorder: Uint8Array.of(0, 1),
    });
    expect(second?.areaUm2).toEqual(Float64Array.of(5));
  });

  it('gives each particle with its tile, row by row', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    const particles = [exampleParticle(3), exampleParticle(4, false)];
    store.results.recordResult(tileId, segmentedTile(particles), []);
    const tile = { tileId, path: '/export/monday/A.tiff', site: { row: 2, column: 3 } };
    const asFound = { correctionId: null, drawnPx: null };
    expect([...store.particles.rowsOfRun(runId)]).toEqual([
      { ...tile, ...asFound, number: 0, particle: particles[0] },
      { ...tile, ...asFound, number: 1, particle: particles[1] },
    ]);
  });

  it('finds the particles of lowest confidence, the larger of equal ones first, none that a border cuts', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    const confident = (areaUm2: number, confidence: number, touchesBorder = false) => ({
      ...exampleParticle(areaUm2),
      ...{ confidence, touchesBorder },
    });
    const particles = [confident(1, 0.9), confident(2, 0.3), confident(3, 0.3), confident(4, 0.1, true)];
    store.results.recordResult(tileId, segmentedTile(particles), []);
    const areas = store.particles.leastConfident(runId, 2).map(({ particle }) => particle.areaUm2);
    expect(areas).toEqual([3, 2]);
  });
});
