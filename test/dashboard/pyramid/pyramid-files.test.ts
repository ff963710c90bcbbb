import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type PyramidPlan, pyramidPlan } from '../../../src/dashboard/pyramid/plan.ts';
import { picturePath, writePyramid, writtenPyramid } from '../../../src/dashboard/pyramid/pyramid-files.ts';
import type { PlacedTile } from '../../../src/report/sample/placed-tiles.ts';
import { type Premises, premises } from '../../support/premises.ts';
import { colourAt, HEIGHT, placedTile, WIDTH, writeCorneredTile } from './grid-tiles.ts';

/** The folder of a run's files. */
function runFolder(place: Premises): string {
  const folder = join(place.reportFolder, 'powder', '20260102T030405Z');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes the pyramid of tiles, and gives where its pictures lie. */
async function pictured(place: Premises, tiles: readonly PlacedTile[], grid: PyramidPlan['grid']) {
  const folder = runFolder(place);
  const plan = pyramidPlan(tiles, grid)!;
  await writePyramid(folder, plan, 1, place.exportFolder);
  const pathOf = (level: number, row: number, column: number) =>
    picturePath(folder, plan.key, { level, row, column });
  return { folder, plan, pathOf };
}

describe('the pyramid of a grid', () => {
  it('shows each place in its picture, and all in the first', async () => {
    const place = premises();
    const tiles = [
      await placedTile(place.exportFolder, 0, 0, 60),
      await placedTile(place.exportFolder, 0, 1, 120),
      await placedTile(place.exportFolder, 1, 2, 240),
    ];
    const { plan, pathOf, folder } = await pictured(place, tiles, { rows: 2, columns: 3 });
    expect(plan.levels).toBe(3);
    for (const { row, column, grey } of [
      { row: 0, column: 0, grey: 60 },
      { row: 0, column: 1, grey: 120 },
      { row: 1, column: 2, grey: 240 },
    ]) {
      const path = pathOf(2, row, column);
      expect(await sharp(path).metadata()).toMatchObject({ format: 'jpeg', width: WIDTH, height: HEIGHT });
      for (const value of await colourAt(path, 0.25, 0.25)) expect(value).toBeLessThan(12);
      for (const value of await colourAt(path, 0.75, 0.75)) expect(Math.abs(value - grey)).toBeLessThan(12);
      // 3 columns are 0.75 of a picture, 2 rows one half: places of the first picture are thirds and halves.
      const inFirst = await colourAt(pathOf(0, 0, 0), (column + 0.75) / 3, (row + 0.75) / 2);
      for (const value of inFirst) expect(Math.abs(value - grey)).toBeLessThan(12);
    }
    expect(await sharp(pathOf(1, 0, 1)).metadata()).toMatchObject({ width: WIDTH / 2, height: HEIGHT });
    expect(await sharp(pathOf(0, 0, 0)).metadata()).toMatchObject({ width: 48, height: 20 });
    expect(await writtenPyramid(folder)).toMatchObject({
      ...{ key: plan.key, revision: 1, rows: 2, columns: 3, levels: 3, unreadable: 0 },
      ...{ pictureWidthPx: WIDTH, pictureHeightPx: HEIGHT },
    });
  });

  it('hatches what is missing grey, what failed red, and what is left out amber over its picture', async () => {
    const place = premises();
    const tiles = [
      await placedTile(place.exportFolder, 0, 0, 200, { state: 'failed' }),
      await placedTile(place.exportFolder, 0, 1, 200, { state: 'left-out' }),
      await placedTile(place.exportFolder, 0, 2, 200),
    ];
    const { pathOf } = await pictured(place, tiles, { rows: 1, columns: 4 });
    const means = await Promise.all(
      [0, 1, 2, 3].map(async (column) => {
        const { channels } = await sharp(pathOf(2, 0, column)).stats();
        return channels.map(({ mean }) => mean);
      }),
    );
    const [failed, leftOut, shown, missing] = means as [number[], number[], number[], number[]];
    expect(failed[0]! - failed[1]!).toBeGreaterThan(20);
    expect(leftOut[0]! - leftOut[2]!).toBeGreaterThan(10);
    expect(leftOut[2]!).toBeLessThan(shown[2]!);
    expect(Math.abs(shown[0]! - shown[2]!)).toBeLessThan(2);
    expect(missing[0]!).toBeGreaterThan(190);
  });

  it('turns a picture back that the scan has turned', async () => {
    const place = premises();
    // Turned back clockwise by one quarter, the upper left corner is the upper right one.
    const turned = { turns: 1, sizePx: { width: HEIGHT, height: WIDTH } } as const;
    const tiles = [await placedTile(place.exportFolder, 0, 0, 200, turned)];
    const { pathOf } = await pictured(place, tiles, { rows: 1, columns: 1 });
    const path = pathOf(0, 0, 0);
    expect(await sharp(path).metadata()).toMatchObject({ width: HEIGHT, height: WIDTH });
    expect((await colourAt(path, 0.75, 0.25))[0]).toBeLessThan(12);
    for (const [x, y] of [
      [0.25, 0.25],
      [0.25, 0.75],
      [0.75, 0.75],
    ] as const) {
      expect((await colourAt(path, x, y))[0]).toBeGreaterThan(188);
    }
  });

  it('leaves out the data bar', async () => {
    const place = premises();
    const tiles = [
      await placedTile(place.exportFolder, 0, 0, 200, {
        ...{ databarHeightPx: HEIGHT / 2, sizePx: { width: WIDTH, height: HEIGHT / 2 } },
      }),
    ];
    const { pathOf } = await pictured(place, tiles, { rows: 1, columns: 1 });
    // Of the upper half the left half is black.
    expect((await colourAt(pathOf(0, 0, 0), 0.25, 0.9))[0]).toBeLessThan(12);
    expect((await colourAt(pathOf(0, 0, 0), 0.75, 0.9))[0]).toBeGreaterThan(188);
  });

  it('hatches a tile whose file is gone or written over, or lies elsewhere, and counts it', async () => {
    const place = premises();
    const elsewhere = premises();
    const tiles = [
      await placedTile(place.exportFolder, 0, 0, 200),
      await placedTile(place.exportFolder, 0, 1, 200),
      await placedTile(elsewhere.exportFolder, 0, 2, 200),
      await placedTile(place.exportFolder, 0, 3, 200),
    ];
    rmSync(tiles[0]!.path);
    writeCorneredTile(place.exportFolder, 0, 1, 90);
    const { pathOf, folder } = await pictured(place, tiles, { rows: 1, columns: 4 });
    for (const column of [0, 1, 2]) {
      const { channels } = await sharp(pathOf(2, 0, column)).stats();
      expect(channels[0]!.mean - channels[1]!.mean).toBeGreaterThan(20);
    }
    expect(await writtenPyramid(folder)).toMatchObject({ unreadable: 3 });
  });

  it('is none where no tile can be read any more, and leaves the one that stands there', async () => {
    const place = premises();
    const first = [await placedTile(place.exportFolder, 0, 0, 200)];
    const { folder, plan } = await pictured(place, first, { rows: 1, columns: 1 });
    const other = [await placedTile(place.exportFolder, 0, 0, 100)];
    rmSync(other[0]!.path);
    await expect(writePyramid(folder, pyramidPlan(other, plan.grid)!, 2, place.exportFolder)).rejects.toThrow(
      'no tile of it can be read any more',
    );
    expect(await writtenPyramid(folder)).toMatchObject({ key: plan.key, revision: 1 });
    expect(readdirSync(join(folder, 'pyramid')).sort()).toEqual([plan.key, 'pyramid.json'].sort());
  });

  it('takes the place of the one before, and of what a killed process left', async () => {
    const place = premises();
    const { folder } = await pictured(place, [await placedTile(place.exportFolder, 0, 0, 50)], {
      ...{ rows: 1, columns: 1 },
    });
    mkdirSync(join(folder, 'pyramid', 'fedcba9876543210.partial'));
    const { plan } = await pictured(place, [await placedTile(place.exportFolder, 0, 0, 90)], {
      ...{ rows: 1, columns: 1 },
    });
    expect(readdirSync(join(folder, 'pyramid')).sort()).toEqual([plan.key, 'pyramid.json'].sort());
  });

  it('brings nothing of a run back whose folder was deleted meanwhile', async () => {
    const place = premises();
    const tiles = [
      await placedTile(place.exportFolder, 0, 0, 50),
      await placedTile(place.exportFolder, 0, 1, 50),
    ];
    const folder = runFolder(place);
    const plan = pyramidPlan(tiles, { rows: 1, columns: 2 })!;
    const written = writePyramid(folder, plan, 1, place.exportFolder, () =>
      rmSync(folder, { recursive: true, force: true }),
    );
    await expect(written).rejects.toThrow();
    expect(existsSync(folder)).toBe(false);
  });
});
