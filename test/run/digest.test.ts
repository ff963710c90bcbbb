import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import type { Particle } from '../../src/measure/particle.ts';
import { digestSettings, runDigest } from '../../src/run/digest.ts';
import { rememberingLayout, runLayout } from '../../src/run/layout.ts';
import { openStore, openStoreReadOnly, type Store } from '../../src/store/database.ts';
import { rememberTile } from '../../src/walk/remember-tile.ts';
import { readTile } from '../../src/watcher/read-tile.ts';
import { exampleParticle, segmentedTile } from '../store/examples.ts';
import { premises } from '../support/premises.ts';
import { writeSmallTile } from '../support/small-tile.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

const config = configSchema.parse({ grid: { rows: 1, columns: 2 }, statistics: { resamples: 100 } });
const settings = digestSettings(config);

/** Notes the files as tiles of one run; gives their ids. */
async function noted(store: Store, paths: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const path of paths) {
    const tile = await readTile(path, { displayWidthDefaultM: 0.519 });
    rememberTile(store, config, tile, 1000);
    ids.push(store.tiles.withContent(tile.file.contentHash)!.id);
  }
  return ids;
}

function storeAt(file: string): Store {
  const store = openStore(file);
  onTestFinished(() => store.close());
  return store;
}

/** A disc of 4 um diameter, as a tile shows it that cuts a part away or not. */
function disc(x: number, y: number, cut: Partial<Particle> = {}): Particle {
  const whole = { areaUm2: Math.PI * 2 ** 2, diameterEquivalentUm: 4, centroidStageUm: { x, y } };
  return { ...exampleParticle(1), certain: true, touchesBorder: false, ...whole, ...cut };
}

describe('the digest of two tiles that overlap by a fifth', () => {
  /**
   * 80 um wide fields with their centres at x = 0 and 64 um: the first reaches to x = 40, the second begins
   * at x = 24, and they share 16 um.
   */
  async function digestOf(left: Particle[], right: Particle[]) {
    const { exportFolder, storeFile } = premises();
    const store = storeAt(storeFile);
    const tiles = await simulatedTiles({ rows: 1, columns: 2, overlapFraction: 0.2 });
    const [first, second] = await noted(store, writeTiles(exportFolder, tiles));
    store.results.recordResult(first!, segmentedTile(left), []);
    store.results.recordResult(second!, segmentedTile(right), []);
    const reader = openStoreReadOnly(storeFile);
    onTestFinished(() => reader.close());
    return runDigest(reader, store.runs.all()[0]!.id, settings);
  }

  it('counts a particle that both show once, and says so', async () => {
    const shared = disc(32, 1);
    const seenAgain = disc(32.1, 0.9); // a pixel is 0.25 um: no two measurements agree wholly
    const digest = await digestOf([disc(-10, 0), shared], [seenAgain, disc(70, 0)]);
    expect(digest.duplicateCount).toBe(1);
    expect(digest.statistics).toMatchObject({ tiles: 2, all: { count: 3 }, border: { cut: 0 } });
  });

  it('counts the whole particle, not the part that the other tile cuts', async () => {
    // A disc at x = 39 reaches to x = 41; the first tile ends at x = 40 and shows 0.8 of it.
    const part = disc(38.7, 0, { areaUm2: 10, diameterEquivalentUm: 3.57, touchesBorder: true });
    const digest = await digestOf([part], [disc(39, 0)]);
    expect(digest.duplicateCount).toBe(1);
    expect(digest.statistics).toMatchObject({ all: { count: 1 }, border: { cut: 0 } });
    expect(digest.statistics.all.areaUm2?.mean.value).toBeCloseTo(4 * Math.PI, 9);
  });

  it('counts two particles that lie side by side as two', async () => {
    const digest = await digestOf([disc(30, 0)], [disc(34.5, 0)]);
    expect(digest.duplicateCount).toBe(0);
    expect(digest.statistics.all.count).toBe(2);
  });

  it('says how it was imaged, and how many particles lie on what area', async () => {
    const { acquisition } = await digestOf([disc(-10, 0)], [disc(70, 0)]);
    // Two fields of 80 um x 16 um less the 16 um that both show: 144 um x 16 um.
    expect(acquisition.imagedAreaMm2).toBeCloseTo(0.002304, 9);
    // A box of 25 x 50 px of 0.25 um lies whole at (2 x 73.75 - 9.75) x 3.5 of 144 x 16 um2 of places.
    const weight = (144 * 16) / ((2 * 73.75 - 9.75) * 3.5);
    expect(acquisition.particlesPerMm2).toBeCloseTo((2 * weight) / 0.002304, 6);
    expect(acquisition).toMatchObject({ tiles: 2, detector: 'bsd-all', magnificationSource: 'file' });
  });

  it('places the tiles side by side', async () => {
    const digest = await digestOf([], []);
    expect([...digest.sites.values()]).toEqual([
      { row: 0, column: 0 },
      { row: 0, column: 1 },
    ]);
    expect(digest.coverage).toMatchObject({ rows: 1, columns: 2, tilesPresent: 2, missing: [] });
  });
});

describe('the digest of tiles whose scans were turned', () => {
  async function digestOf(rotations: readonly number[]) {
    const { exportFolder, storeFile } = premises();
    const store = storeAt(storeFile);
    const paths = rotations.map((scanRotationRad, column) =>
      writeSmallTile(exportFolder, { column, scanRotationRad }),
    );
    for (const id of await noted(store, paths)) store.results.recordResult(id, segmentedTile([]), []);
    const reader = openStoreReadOnly(storeFile);
    onTestFinished(() => reader.close());
    return runDigest(reader, store.runs.all()[0]!.id, settings).statistics;
  }

  it('joins at borders where all were turned alike', async () => {
    const { border, warnings } = await digestOf([0.0145, 0.0145]);
    expect([border.method, warnings]).toEqual(['join', []]);
  });

  it('weights instead where they were turned differently, and says so', async () => {
    const { border, warnings } = await digestOf([0, 0.0145]);
    expect(border.method).toBe('weight');
    expect(warnings).toMatchObject([
      { code: 'scan-rotation-differs', message: expect.stringContaining('not joined but weighted') },
    ]);
  });
});

describe('the digest of a run', () => {
  it('tells tiles that wait, are segmented or have failed apart', async () => {
    const { exportFolder, storeFile } = premises();
    const store = storeAt(storeFile);
    const paths = [0, 1, 2].map((column) => writeSmallTile(exportFolder, { column }));
    const [first, second] = await noted(store, paths);
    store.results.recordResult(first!, segmentedTile([]), []);
    store.results.recordFailure(second!, { reason: 'too dark', final: true }, []);
    const reader = openStoreReadOnly(storeFile);
    onTestFinished(() => reader.close());
    const digest = runDigest(reader, store.runs.all()[0]!.id, settings);
    expect(digest.tiles).toEqual({ waiting: 1, segmented: 1, failed: 1 });
    expect(digest.failed).toMatchObject([{ id: second, file: { path: paths[1] }, reason: 'too dark' }]);
    expect(digest.statistics).toMatchObject({ tiles: 1, all: { count: 0, areaUm2: null } });
    expect(digest.models).toEqual([segmentedTile([]).model]);
  });

  it('fits the lattice again only when tiles or expectation are others', async () => {
    const { exportFolder, storeFile } = premises();
    const store = storeAt(storeFile);
    const layoutOf = rememberingLayout();
    const expected = { rows: 1, columns: 3 };
    await noted(
      store,
      [0, 1].map((column) => writeSmallTile(exportFolder, { column })),
    );
    const [run] = store.runs.all();
    const two = layoutOf(store.tiles.placesOfRun(run!.id), expected);
    expect(two.coverage).toMatchObject({ tilesPresent: 2 });
    expect(layoutOf(store.tiles.placesOfRun(run!.id), expected)).toBe(two);
    await noted(store, [writeSmallTile(exportFolder, { column: 2 })]);
    const places = store.tiles.placesOfRun(run!.id);
    expect(layoutOf(places, expected)).toEqual(runLayout(places, expected));
    expect(layoutOf(places, expected).coverage).toMatchObject({ tilesPresent: 3 });
    expect(layoutOf(places, { rows: 1, columns: 4 }).coverage).toMatchObject({ tilesExpected: 4 });
  });

  it('numbers the tiles where no lattice can be told', () => {
    expect(runLayout([], { rows: 2, columns: 3 }).coverage).toMatchObject({
      tilesPresent: 0,
      tilesUnseen: 6,
    });
  });
});
