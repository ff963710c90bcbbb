import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/store/database.ts';
import { rememberTile } from '../../src/walk/remember-tile.ts';
import { readTile } from '../../src/watcher/read-tile.ts';
import { premises } from '../support/premises.ts';
import { type SmallTile, writeSmallTile } from '../support/small-tile.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function emptyStore(): Store {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}

/** Remembers tiles as if they had just been found; gives how the last one was taken. */
async function remembered(store: Store, folder: string, ...tiles: SmallTile[]) {
  let last: ReturnType<typeof rememberTile> = null;
  for (const tile of tiles) {
    const path = writeSmallTile(folder, tile);
    last = rememberTile(store, await readTile(path, { displayWidthDefaultM: 0.519 }), NOW_MS);
  }
  return last;
}

function end(store: Store): void {
  for (const { id } of store.runs.all()) store.runs.setState(id, 'complete');
}

describe('the run of a tile', () => {
  it('is named by when it began, in UTC, and a second one in that second gets a number', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, { name: 'a.tiff' }, { name: 'b.tiff', pixelSizeNm: 1000 });
    expect(store.runs.all().map(({ name }) => name)).toEqual(['20260102T030405Z-2', '20260102T030405Z']);
  });

  it('takes pixel sizes that differ by less than 1 %, and no others', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(
      store,
      exportFolder,
      { column: 0, pixelSizeNm: 2500 },
      { column: 1, pixelSizeNm: 2524 },
      { column: 2, pixelSizeNm: 2526 },
    );
    const tiles = store.runs.all().map(({ id }) => store.tiles.countByState(id).seen);
    expect(tiles).toEqual([1, 2]);
  });

  it('is none for content that is there already', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    expect(await remembered(store, exportFolder, {}, { name: 'copy.tiff' })).toBeNull();
    expect(store.tiles.countByState().seen).toBe(1);
  });

  it('fills again when a place that was missing comes late', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, { column: 0 });
    end(store);
    const late = await remembered(store, exportFolder, { column: 1 });
    expect(store.runs.all()).toMatchObject([{ id: late?.run.id, state: 'filling' }]);
  });

  it('is a new one for a place imaged again after the end, unless the same file was written again', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, { column: 0 }, { column: 1 });
    end(store);
    await remembered(store, exportFolder, { column: 1, take: 1 });
    expect(store.runs.all()).toHaveLength(1);
    end(store);
    await remembered(store, exportFolder, { column: 1, take: 2, name: 'restarted.tiff' });
    expect(store.runs.all()).toHaveLength(2);
    expect(store.tiles.countByState()).toMatchObject({ seen: 3, superseded: 1 });
  });

  it('stays the same for a place that its summary asks for again, and for no other place', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, { column: 0 }, { column: 1 });
    const { id } = store.runs.all()[0]!;
    store.summaries.save(id, 'complete', () => ({
      topic: 'summary',
      retain: true,
      payload: { reimage: [{ file: 'powder_r0_c1.tiff' }, { file: null }] },
    }));
    const better = await remembered(store, exportFolder, { column: 1, take: 1, name: 'better.tiff' });
    expect(better?.run.id).toBe(id);
    expect(store.tiles.placesOfRun(id)).toHaveLength(2);
    end(store);
    const other = await remembered(store, exportFolder, { column: 0, take: 1, name: 'other.tiff' });
    expect(other?.run.id).not.toBe(id);
  });

  it('stays the same for a file written again whose former content has been copied', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, { name: 'tile.tiff' }, { name: 'copy.tiff' });
    end(store);
    await remembered(store, exportFolder, { name: 'tile.tiff', take: 1 });
    expect(store.runs.all()).toHaveLength(1);
    expect(store.tiles.countByState()).toMatchObject({ seen: 1, superseded: 1 });
  });

  it('is told of a tile that it lost to a file of another run', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    const first = await remembered(store, exportFolder, { label: 'one', name: 'tile.tiff' });
    const second = await remembered(store, exportFolder, { label: 'other', name: 'tile.tiff' });
    expect(second?.bereavedRunId).toBe(first?.run.id);
    expect(store.tiles.countByState(first?.run.id)).toMatchObject({ seen: 0, superseded: 1 });
  });

  it('never has two tiles of one place, even where a crash comes between the steps', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, { name: 'first.tiff' });
    // The process ends as soon as the newer image is noted.
    const crashing: Store = {
      ...store,
      tiles: {
        ...store.tiles,
        noteSeen(tile) {
          store.tiles.noteSeen(tile);
          throw new Error('killed');
        },
      },
    };
    const again = { name: 'again.tiff', take: 1 };
    await expect(remembered(crashing, exportFolder, again)).rejects.toThrow('killed');
    await remembered(store, exportFolder, again);
    expect(store.tiles.countByState()).toMatchObject({ seen: 1, superseded: 1 });
  });
});
