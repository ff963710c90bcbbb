import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { rememberTile } from '../../src/walk/remember-tile.ts';
import { readTile } from '../../src/watcher/read-tile.ts';
import { exampleParticle, segmentedTile } from '../store/examples.ts';
import { premises } from '../support/premises.ts';
import { type SmallTile, writeSmallTile } from '../support/small-tile.ts';

const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function emptyStore(): Store {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}

const rules = configSchema.parse({ grid: { rows: 2, columns: 3, stallAfterS: 60 } });

/** Remembers tiles as if they had just been found; gives how the last one was taken. */
async function remembered(store: Store, folder: string, ...tiles: SmallTile[]) {
  let last: ReturnType<typeof rememberTile> = null;
  for (const tile of tiles) {
    const path = writeSmallTile(folder, tile);
    const read = await readTile(path, { displayWidthDefaultM: 0.519 });
    last = rememberTile(store, rules, read, NOW_MS);
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
    await remembered(
      store,
      exportFolder,
      { name: 'a.tiff' },
      {
        ...{ name: 'b.tiff', pixelSizeNm: 1000, offsetUm: 500 },
      },
    );
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

  it('is a new one for a place imaged again after the end, under the same name or another', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, { column: 0 }, { column: 1 });
    end(store);
    await remembered(store, exportFolder, { column: 1, take: 1, name: 'restarted.tiff' });
    expect(store.runs.all()).toHaveLength(2);
    end(store);
    await remembered(store, exportFolder, { column: 1, take: 2 });
    expect(store.runs.all()).toHaveLength(3);
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

  it('stays the same for a file written again while it fills, whose former content has been copied', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, { name: 'tile.tiff' }, { name: 'copy.tiff' });
    await remembered(store, exportFolder, { name: 'tile.tiff', take: 1 });
    expect(store.runs.all()).toHaveLength(1);
    expect(store.tiles.countByState()).toMatchObject({ seen: 1, superseded: 1 });
  });

  it('is the older one for a tile that comes late, while another fills elsewhere', async () => {
    const store = emptyStore();
    const { exportFolder } = premises();
    const far = { name: 'far.tiff', offsetUm: 10_000 };
    await remembered(store, exportFolder, { column: 0 }, far);
    expect(store.runs.all()).toHaveLength(2);
    const late = await remembered(store, exportFolder, { column: 1 });
    expect(late?.run.id).toBe(store.runs.all().at(-1)?.id);
    const other = await remembered(store, exportFolder, { ...far, name: 'far2.tiff', column: 1 });
    expect(other?.run.id).toBe(store.runs.all()[0]?.id);
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

describe('an acquisition that follows another under its label', () => {
  const names = [0, 1, 2].map((column) => ({ column, name: `${column}.tiff` }));
  const nextDay = { acquiredAt: '2026-01-03T03:04:05' };

  /** The first acquisition, measured and ended; then the second. Gives how many tiles count in each run, oldest first. */
  async function followed(second: readonly SmallTile[], whole = true): Promise<number[]> {
    const store = emptyStore();
    const { exportFolder } = premises();
    await remembered(store, exportFolder, ...names);
    for (const { id } of store.tiles.nextWaiting(9)) {
      store.results.recordResult(id, segmentedTile([exampleParticle(1)]), []);
    }
    if (whole) end(store);
    await remembered(store, exportFolder, ...second);
    return store.runs
      .all()
      .map(({ id }) => store.tiles.ofRun(id).length)
      .reverse();
  }

  it('is a run of its own where it is written over the first one’s files', async () => {
    expect(await followed(names.map((tile) => ({ ...tile, ...nextDay, take: 1 })))).toEqual([3, 3]);
    // Without a time that tells them apart, and only as far as it came.
    expect(await followed(names.slice(0, 2).map((tile) => ({ ...tile, take: 1 })))).toEqual([3, 2]);
  });

  it('is a run of its own on another part of the stage, over the first one’s files or beside them', async () => {
    const far = names.map((tile) => ({ ...tile, take: 1, offsetUm: 10_000 }));
    expect(await followed(far)).toEqual([3, 3]);
    expect(await followed(far.map((tile) => ({ ...tile, name: `far${tile.name}` })))).toEqual([3, 3]);
  });

  it('is a run of its own a day later, even where the first one lacks its places', async () => {
    const row = names.map((tile) => ({ ...tile, ...nextDay, row: 1, name: `next${tile.name}` }));
    expect(await followed(row)).toEqual([3, 3]);
    expect(await followed(row.map((tile) => ({ ...tile, acquiredAt: '2026-01-02T03:20:00' })))).toEqual([6]);
  });

  it('is a run of its own where a scan was restarted before it ended', async () => {
    const restarted = names.map((tile) => ({ ...tile, take: 1, name: `again${tile.name}` }));
    expect(await followed(restarted, false)).toEqual([3, 3]);
    const moved = names.map((tile) => ({ ...tile, take: 1, offsetUm: 40 }));
    expect(await followed(moved, false)).toEqual([3, 3]);
  });
});
