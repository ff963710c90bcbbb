import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { simulateAcquisition } from '../../../src/simulator/acquisition/simulate-acquisition.ts';
import type { AcquisitionTruth } from '../../../src/simulator/acquisition/truth.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulated-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** 2 x 3 tiles of 160 x 100 pixels: fast, and still about 32 particles a tile. */
const small = { rows: 2, columns: 3, widthPx: 160, heightPx: 100, now: () => new Date(2024, 1, 3, 4, 5, 6) };

/** That grid, which some tests only read or compare with, and its truth. */
let whole: string;
let wholeTruth: AcquisitionTruth;
beforeAll(async () => {
  whole = await mkdtemp(join(tmpdir(), 'simulated-whole-'));
  wholeTruth = await simulateAcquisition({ ...small, folder: whole });
});
afterAll(() => rm(whole, { recursive: true }));

const pixelsOf = (path: string) => sharp(path).raw().toBuffer();

describe('a simulated acquisition', () => {
  it('writes one file a tile, in serpentine order, and the truth last', async () => {
    const files: string[] = [];
    await simulateAcquisition({ ...small, folder, sampleLabel: 'Li/Co O2' }, ({ path, written, total }) => {
      files.push(`${written}/${total} ${path.slice(folder.length + 1)}`);
    });
    expect(files).toEqual([
      '1/6 Li_Co_O2_r00_c00.tiff',
      '2/6 Li_Co_O2_r00_c01.tiff',
      '3/6 Li_Co_O2_r00_c02.tiff',
      '4/6 Li_Co_O2_r01_c02.tiff',
      '5/6 Li_Co_O2_r01_c01.tiff',
      '6/6 Li_Co_O2_r01_c00.tiff',
    ]);
    expect(await readdir(folder)).toHaveLength(7);
  });

  it('states in every file where and when it was taken, at which pixel size', async () => {
    const text = await readFile(join(whole, 'LiCoO2_r01_c02.tiff'), 'latin1');
    // 80 um over 160 pixels are 500 nm; column 2 lies 160 um to the right, row 1 50 um down.
    expect(text).toContain('<pixelWidth unit="nm">500</pixelWidth>');
    expect(text).toContain('<x>0.00016</x>\n    <y>-0.00005</y>');
    expect(text).toContain('<time>2024-02-03T04:05:06</time>');
  });

  it('gives the same bytes for the same seed, whichever tiles are left out', async () => {
    const missing = [{ row: 0, column: 0 }];
    const truth = await simulateAcquisition({
      ...small,
      folder: join(folder, 'part'),
      order: 'raster',
      missing,
    });
    expect(truth.tiles).toHaveLength(5);
    for (const { file } of truth.tiles) {
      expect(await readFile(join(folder, 'part', file))).toEqual(await readFile(join(whole, file)));
    }
    await simulateAcquisition({ ...small, folder: join(folder, 'other'), seed: 2 });
    const file = 'LiCoO2_r01_c01.tiff';
    expect(await pixelsOf(join(folder, 'other', file))).not.toEqual(await pixelsOf(join(whole, file)));
  });

  it('gives the same files and the same truth on two threads', async () => {
    const shared = await simulateAcquisition({ ...small, folder: join(folder, 'shared'), threads: 2 });
    expect(shared).toEqual(wholeTruth);
    for (const { file } of wholeTruth.tiles) {
      expect(await readFile(join(folder, 'shared', file))).toEqual(await readFile(join(whole, file)));
    }
  });

  it('tells the truth: each particle centred in one tile, and none that no tile shows', async () => {
    const truth = wholeTruth;
    expect(JSON.parse(await readFile(join(whole, 'truth.json'), 'utf8'))).toEqual(truth);
    expect(truth.pixelSizeUm).toBe(0.5);
    // The grid reaches from -40 to 200 um in x and from -75 to 25 um in y.
    const centred = truth.particles.filter(
      ({ centreUm: { x, y } }) => x >= -40 && x < 200 && y > -75 && y <= 25,
    );
    const counted = truth.tiles.reduce((sum, tile) => sum + tile.particlesCentred, 0);
    expect(counted).toBe(centred.length);
    // 240 um x 100 um at 8,000 per mm2: 192 particles, a Poisson number with a deviation of 14.
    expect(Math.abs(counted - 192)).toBeLessThan(5 * 14);
    expect(truth.particles.length).toBeGreaterThan(centred.length);
    expect(truth.particles.some((particle) => particle.wholeInATile)).toBe(true);
    expect(truth.particles.some((particle) => !particle.wholeInATile)).toBe(true);
  });

  it('shows a reader the beginnings of a file while it is being written', async () => {
    const one = { ...small, rows: 1, columns: 1, folder, chunkPauseMs: 40 };
    const sizes = new Set<number>();
    let done = false;
    const writing = simulateAcquisition(one).finally(() => {
      done = true;
    });
    while (!done) {
      const seen = await stat(join(folder, 'LiCoO2_r00_c00.tiff')).catch(() => null);
      if (seen) sizes.add(seen.size);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await writing;
    expect(sizes.size).toBeGreaterThanOrEqual(3);
  });

  it('stops between two tiles when told to, without a truth', async () => {
    const stop = new AbortController();
    const acquisition = simulateAcquisition({ ...small, folder, intervalMs: 5000, signal: stop.signal }, () =>
      stop.abort(),
    );
    await expect(acquisition).rejects.toThrow('aborted');
    expect(await readdir(folder)).toEqual(['LiCoO2_r00_c00.tiff']);
  });

  it('writes nothing when an option is out of range', async () => {
    const unmade = join(folder, 'unmade');
    await expect(simulateAcquisition({ ...small, rows: 0, folder: unmade })).rejects.toThrow('rows is 0');
    await expect(stat(unmade)).rejects.toThrow('ENOENT');
  });
});
