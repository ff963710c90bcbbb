import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { exampleParticle, exampleRun, message, seenTile, segmentedTile, storeWithRun } from './examples.ts';

describe('noting a tile as seen', () => {
  it('gives back all that it was given', () => {
    const { store, runId } = storeWithRun();
    const tile = seenTile(runId, 'A');
    const { tileId } = store.tiles.noteSeen(tile);
    expect(store.tiles.get(tileId)).toEqual({
      id: tileId,
      file: tile.file,
      metadata: tile.metadata,
      runId,
      site: null,
      // 1920 px and 1200 px of 50 nm
      fieldUm: { width: 96, height: 60 },
      state: 'seen',
      again: false,
      attempts: 0,
      reason: null,
      model: null,
      quality: null,
      sight: null,
      seenAtMs: 2_000,
    });
  });

  it('leaves the data bar out of the field of view', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A', { databarHeightPx: 100 }));
    // (1200 - 100) px of 50 nm
    expect(store.tiles.get(tileId)?.fieldUm).toEqual({ width: 96, height: 55 });
  });

  it('counts the same content once, however often and under whatever name it is announced', () => {
    const { store, runId } = storeWithRun();
    const first = store.tiles.noteSeen(seenTile(runId, 'A'));
    const again = store.tiles.noteSeen(seenTile(runId, 'A'));
    const copy = store.tiles.noteSeen(seenTile(runId, 'A', { path: '/export/monday/copy.tiff' }));
    expect([first, again, copy].map(({ outcome }) => outcome)).toEqual(['new', 'known', 'known']);
    expect(store.tiles.nextWaiting(10)).toHaveLength(1);
    expect(store.tiles.get(first.tileId)?.file.path).toBe('/export/monday/copy.tiff');
  });

  it('lets new content at a path supersede the old tile', () => {
    const { store, runId } = storeWithRun();
    const path = '/export/monday/tile.tiff';
    const old = store.tiles.noteSeen(seenTile(runId, 'A', { path }));
    store.results.recordResult(old.tileId, segmentedTile([exampleParticle(1)]), []);
    const late = store.tiles.noteSeen(seenTile(runId, 'B', { path }));
    expect(late).toMatchObject({ outcome: 'new', supersededTileId: old.tileId });
    expect(store.tiles.ofRun(runId).map((tile) => tile.id)).toEqual([late.tileId]);
    expect([...store.particles.columnsOfRun(runId)]).toEqual([]);
  });

  it('keeps what came of a tile when its file is written over for another run', () => {
    const { store, runId } = storeWithRun();
    const other = store.runs.create({ ...exampleRun, name: 'other' }).id;
    const old = ['measured', 'again', 'failed', 'tried', 'waiting'].map((content) => {
      const { tileId } = store.tiles.noteSeen(seenTile(runId, content, { path: `/${content}` }));
      return { content, tileId };
    });
    const [measured, again, failed, tried] = old.map(({ tileId }) => tileId);
    for (const id of [measured!, again!]) store.results.recordResult(id, segmentedTile([]), []);
    for (const id of [failed!, tried!]) store.results.recordFailure(id, { reason: 'dark', final: true }, []);
    const analysis = { model: null, thresholds: {}, underWay: true };
    store.results.askAgain(runId, analysis, [again!], [tried!]);
    const lost = old.map(({ content }) => {
      const over = store.tiles.noteSeen(seenTile(other, `over ${content}`, { path: `/${content}` }));
      return over.supersededTileId;
    });
    const states = old.map(({ tileId }) => store.tiles.get(tileId)?.state);
    expect(states).toEqual(['segmented', 'segmented', 'failed', 'failed', 'superseded']);
    // Told of those for which the run has something less to wait for.
    expect(lost).toEqual([null, again, null, tried, old[4]?.tileId]);
    expect(store.tiles.countAgain(runId)).toBe(0);
  });

  it('segments superseded content afresh when it comes back', () => {
    const { store, runId } = storeWithRun();
    const path = '/export/monday/tile.tiff';
    const first = store.tiles.noteSeen(seenTile(runId, 'A', { path }));
    store.results.recordResult(first.tileId, segmentedTile([exampleParticle(1)]), []);
    const second = store.tiles.noteSeen(seenTile(runId, 'B', { path }));
    const back = store.tiles.noteSeen(seenTile(runId, 'A', { path }));
    expect(back).toEqual({ tileId: first.tileId, outcome: 'revived', supersededTileId: second.tileId });
    expect(store.tiles.nextWaiting(10).map((tile) => tile.id)).toEqual([first.tileId]);
    expect(store.results.recordResult(back.tileId, segmentedTile([exampleParticle(2)]), [])).toBe(true);
    expect(store.particles.ofTile(back.tileId)).toEqual([exampleParticle(2)]);
  });

  it('keeps a tile whose content still lies at another path', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A', { path: '/a' }));
    store.tiles.noteSeen(seenTile(runId, 'A', { path: '/b' }));
    const over = store.tiles.noteSeen(seenTile(runId, 'B', { path: '/b' }));
    expect(over.supersededTileId).toBeNull();
    expect(store.tiles.get(tileId)).toMatchObject({ state: 'seen', file: { path: '/a' } });
  });

  it('counts each content that lies somewhere exactly once, in whatever order files are written', () => {
    const writes = fc.array(
      fc.record({ path: fc.constantFrom('/1', '/2', '/3'), content: fc.constantFrom('A', 'B', 'C', 'D') }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(writes, (sequence) => {
        const store = openStore(':memory:');
        const runId = store.runs.create(exampleRun).id;
        const folder = new Map<string, string>();
        for (const { path, content } of sequence) {
          folder.set(path, content);
          const { tileId } = store.tiles.noteSeen(seenTile(runId, content, { path }));
          store.results.recordResult(tileId, segmentedTile([exampleParticle(1)]), []);
        }
        const contentOf = (path: string) => folder.get(path);
        const counted = store.tiles.ofRun(runId).map((tile) => contentOf(tile.file.path));
        expect(counted.toSorted()).toEqual([...new Set(folder.values())].toSorted());
        expect([...store.particles.rowsOfRun(runId)]).toHaveLength(counted.length);
        store.close();
      }),
      { numRuns: 50 },
    );
  });

  it('remembers the hash of each path, so that a restart need not read it again', () => {
    const { store, runId } = storeWithRun();
    const { file } = seenTile(runId, 'A');
    store.tiles.noteSeen(seenTile(runId, 'A'));
    expect(store.files.get(file.path)).toEqual({
      path: file.path,
      sizeBytes: 2_304_000,
      modifiedAtMs: 1_500.25,
      contentHash: file.contentHash,
    });
    store.files.forget(file.path);
    expect(store.files.get(file.path)).toBeUndefined();
  });

  it('finds the tile of a content as long as it counts', () => {
    const { store, runId } = storeWithRun();
    const { file } = seenTile(runId, 'A');
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    expect(store.tiles.withContent(file.contentHash)?.id).toBe(tileId);
    store.tiles.supersede(tileId);
    expect(store.tiles.withContent(file.contentHash)).toBeUndefined();
    expect(store.tiles.countByState(runId)).toMatchObject({ seen: 0, superseded: 1 });
  });

  it('moves the time of the last tile of the run', () => {
    const { store, runId } = storeWithRun();
    store.tiles.noteSeen(seenTile(runId, 'A', { seenAtMs: 5_000 }));
    store.tiles.noteSeen(seenTile(runId, 'A', { seenAtMs: 9_000 }));
    expect(store.runs.get(runId)?.lastTileAtMs).toBe(5_000);
  });
});

describe('the waiting tiles', () => {
  it('come oldest first, without those in flight, and those that failed once come last', () => {
    const { store, runId } = storeWithRun();
    const [a, b, c, d] = ['A', 'B', 'C', 'D'].map(
      (name) => store.tiles.noteSeen(seenTile(runId, name)).tileId,
    );
    store.results.recordFailure(a!, { reason: 'the segmenter crashed', final: false }, []);
    const waiting = (limit: number, inFlight: number[] = []) =>
      store.tiles.nextWaiting(limit, inFlight).map((tile) => tile.id);
    expect(waiting(10)).toEqual([b, c, d, a]);
    expect(waiting(10, [b!])).toEqual([c, d, a]);
    expect(waiting(2)).toEqual([b, c]);
  });

  it('are counted by state, in a run and in all', () => {
    const { store, runId } = storeWithRun();
    const other = store.runs.create({ ...exampleRun, name: 'other' }).id;
    const [a, b] = ['A', 'B', 'C'].map((name) => store.tiles.noteSeen(seenTile(runId, name)).tileId);
    store.tiles.noteSeen(seenTile(other, 'D'));
    store.results.recordResult(a!, segmentedTile([]), [message('tile')]);
    store.results.recordFailure(b!, { reason: 'flat', final: true }, [message('tile')]);
    expect(store.tiles.countByState(runId)).toEqual({ seen: 1, segmented: 1, failed: 1, superseded: 0 });
    expect(store.tiles.countByState()).toEqual({ seen: 2, segmented: 1, failed: 1, superseded: 0 });
  });

  it('take the sites of the fitted lattice, and lose them again', () => {
    const { store, runId } = storeWithRun();
    const { tileId } = store.tiles.noteSeen(seenTile(runId, 'A'));
    store.tiles.place([{ tileId, site: { row: 0, column: 4 } }]);
    expect(store.tiles.get(tileId)?.site).toEqual({ row: 0, column: 4 });
    store.tiles.place([{ tileId, site: null }]);
    expect(store.tiles.get(tileId)?.site).toBeNull();
  });
});

describe('tiles of a whole archive', () => {
  it('are counted while they wait, and shown one for each way in which they were segmented', () => {
    const { store, runId } = storeWithRun();
    const ids = ['A', 'B', 'C', 'D', 'E'].map(
      (content) => store.tiles.noteSeen(seenTile(runId, content)).tileId,
    );
    expect(store.tiles.countByState().seen).toBe(5);
    const low = segmentedTile([]);
    const other = { ...low, model: { ...low.model, name: 'other' } };
    for (const id of ids.slice(0, 2)) store.results.recordResult(id, low, []);
    for (const id of ids.slice(2, 4)) store.results.recordResult(id, other, []);
    expect(store.tiles.countByState().seen).toBe(1);
    expect([...store.tiles.segmentedSamples()].map(({ id, model }) => [id, model?.name])).toEqual([
      [ids[0], low.model.name],
      [ids[2], 'other'],
    ]);
  });
});
