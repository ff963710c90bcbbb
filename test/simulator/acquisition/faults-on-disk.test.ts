import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/simulator/acquisition/fault-names.ts';
import type { AcquisitionOptions } from '../../../src/simulator/acquisition/options.ts';
import { simulateAcquisition } from '../../../src/simulator/acquisition/simulate-acquisition.ts';
import { readTile } from '../../../src/watcher/read-tile.ts';

/** 2 x 3 tiles of 30 um and 160 x 100 pixels: 187.5 nm a pixel, steps of 30 and 18.75 um. */
const small = { rows: 2, columns: 3, fieldWidthUm: 30, widthPx: 160, heightPx: 100, sampleLabel: 's' };
const wholeNames = ['s_r00_c00', 's_r00_c01', 's_r00_c02', 's_r01_c00', 's_r01_c01', 's_r01_c02'];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'faulty-'));
  await simulateAcquisition({ ...small, folder: join(root, 'whole') });
});
afterAll(() => rm(root, { recursive: true }));

/** Acquires with a fault and gives the files' names without their ending, and a way to their paths. */
async function acquired(fault: Fault, options: Partial<AcquisitionOptions> = {}) {
  const folder = join(root, fault);
  const truth = await simulateAcquisition({ ...small, ...options, folder, faults: [fault] });
  const tiles = (await readdir(folder)).filter((file) => file.endsWith('.tiff')).toSorted();
  return { truth, names: tiles.map((file) => file.replace('.tiff', '')) };
}

const pathOf = (folder: string, name: string) => join(root, folder, `${name}.tiff`);
const pixelsOf = (folder: string, name: string) =>
  sharp(pathOf(folder, name)).toColourspace('b-w').raw().toBuffer();
const metadataOf = async (folder: string, name: string) =>
  (await readTile(pathOf(folder, name), { displayWidthDefaultM: 0.519 })).metadata;

/** Mean absolute step from pixel to pixel: blur lowers it. */
function roughness(pixels: Uint8Array): number {
  return pixels.reduce((sum, level, at) => sum + Math.abs(level - pixels[Math.max(0, at - 1)]!), 0);
}

describe('a faulty acquisition, on disk', () => {
  it('half written: one file ends in the middle, which a reader notices; the others are whole', async () => {
    const { names } = await acquired('half-written');
    expect(names).toEqual(wholeNames);
    const sizeOf = async (folder: string, name: string) => (await stat(pathOf(folder, name))).size;
    const whole = await Promise.all(names.map((name) => sizeOf('whole', name)));
    const sizes = await Promise.all(names.map((name) => sizeOf('half-written', name)));
    const short = sizes.findIndex((bytes, at) => bytes !== whole[at]);
    expect(sizes).toEqual(whole.with(short, Math.floor(whole[short]! / 2)));
    await expect(metadataOf('half-written', names[short]!)).rejects.toMatchObject({ code: 'truncated' });
  });

  it('preallocated: a file has its size before its content', async () => {
    const path = pathOf('preallocated', wholeNames[0]!);
    const { size } = await stat(pathOf('whole', wholeNames[0]!));
    const writing = acquired('preallocated', { rows: 1, columns: 1, chunkPauseMs: 100 });
    const bytesNow = () => readFile(path).catch(() => Buffer.alloc(0));
    let early = await bytesNow();
    while (early.length < size) {
      await wait(2);
      early = await bytesNow();
    }
    expect(early.every((byte) => byte === 0)).toBe(true);
    await writing;
    expect(await pixelsOf('preallocated', wholeNames[0]!)).toHaveLength(160 * 100);
  });

  it('out of order: the times in the files do not follow the scan', async () => {
    let ticks = 0;
    const now = () => new Date(2024, 0, 1, 0, 0, ticks++);
    const { truth, names } = await acquired('out-of-order', { now });
    expect(names).toEqual(wholeNames);
    const times = await Promise.all(
      truth.tiles.map(
        async ({ file }) => (await metadataOf('out-of-order', file.replace('.tiff', ''))).acquiredAt,
      ),
    );
    expect(times).toEqual(times.toSorted()); // truth.json lists them as they were written
    expect(truth.tiles.map(({ row, column }) => 3 * row + column)).not.toEqual([0, 1, 2, 5, 4, 3]);
  });

  it('missing: one file of six was never written', async () => {
    const { truth, names } = await acquired('missing');
    expect(names).toHaveLength(5);
    expect(truth.tiles).toHaveLength(5);
    for (const name of names) expect(wholeNames).toContain(name);
  });

  it('duplicated: one tile lies there twice, the same to the last pixel', async () => {
    const { names } = await acquired('duplicated');
    const copy = names.find((name) => name.endsWith('_copy'))!;
    expect(names.toSorted()).toEqual([...wholeNames, copy].toSorted());
    const original = copy.replace('_copy', '');
    expect(await pixelsOf('duplicated', copy)).toEqual(await pixelsOf('whole', original));
    expect((await metadataOf('duplicated', copy)).stagePositionUm).toEqual(
      (await metadataOf('duplicated', original)).stagePositionUm,
    );
  });

  it.each(['blurred', 'charged'] as const)(
    '%s: one tile looks otherwise, five as they should',
    async (fault) => {
      const { names } = await acquired(fault);
      const pairs = await Promise.all(
        names.map(async (name) => ({
          faulty: await pixelsOf(fault, name),
          whole: await pixelsOf('whole', name),
        })),
      );
      const struck = pairs.filter(({ faulty, whole }) => !faulty.equals(whole));
      expect(struck).toHaveLength(1);
      const { faulty, whole } = struck[0]!;
      if (fault === 'blurred') expect(roughness(faulty)).toBeLessThan(roughness(whole));
      // What charge takes from a bright particle's line it never gives back.
      if (fault === 'charged') expect(sumOf(faulty)).toBeLessThan(sumOf(whole));
    },
  );

  it('rotated: the stage climbs along a row', async () => {
    await acquired('rotated-grid');
    const { x, y } = (await metadataOf('rotated-grid', 's_r00_c02')).stagePositionUm!;
    // Two steps of 30 um, turned by 0.03 rad: 60 cos 0.03 = 59.973, 60 sin 0.03 = 1.7997.
    expect(x).toBeCloseTo(59.973, 3);
    expect(y).toBeCloseTo(1.7997, 3);
  });

  it('interleaved: two samples at each place, each with its label and its powder', async () => {
    const { names } = await acquired('interleaved');
    expect(names).toHaveLength(12);
    for (const name of wholeNames) {
      const [one, other] = [
        await metadataOf('interleaved', name),
        await metadataOf('interleaved', `${name}_B`),
      ];
      expect([one.sampleLabel, other.sampleLabel]).toEqual(['s', 's B']);
      expect(other.stagePositionUm).toEqual(one.stagePositionUm);
      expect(await pixelsOf('interleaved', `${name}_B`)).not.toEqual(await pixelsOf('interleaved', name));
    }
  });

  it('mixed magnifications: every third file says half the pixel size', async () => {
    const { truth } = await acquired('mixed-magnifications');
    const said = await Promise.all(
      truth.tiles.map(({ file }) => metadataOf('mixed-magnifications', file.replace('.tiff', ''))),
    );
    expect(said.map(({ pixelSizeNm }) => pixelSizeNm)).toEqual([187.5, 187.5, 93.75, 187.5, 187.5, 93.75]);
    expect(said[2]!.magnification).toBeCloseTo(2 * said[0]!.magnification, 6);
    expect(truth.tiles.map(({ pixelSizeUm }) => pixelSizeUm)).toEqual(
      said.map(({ pixelSizeNm }) => pixelSizeNm / 1000),
    );
  });

  it('restarted: the first 40 % lie there twice, the second time as part of a whole run', async () => {
    const { names } = await acquired('restarted');
    // 40 % of 6, rounded up, are 3.
    expect(names.filter((name) => !name.endsWith('_again'))).toEqual(wholeNames.slice(0, 3));
    expect(names.filter((name) => name.endsWith('_again'))).toHaveLength(6);
    expect(await pixelsOf('restarted', `${wholeNames[1]}_again`)).toEqual(
      await pixelsOf('restarted', wholeNames[1]!),
    );
  });
});

function sumOf(pixels: Uint8Array): number {
  return pixels.reduce((sum, level) => sum + level, 0);
}
