import { describe, expect, it } from 'vitest';
import type { Exposure } from '../../../src/simulator/acquisition/exposure.ts';
import { type Fault, faultNames } from '../../../src/simulator/acquisition/fault-names.ts';
import { faultyGrid, faultyPlan } from '../../../src/simulator/acquisition/faults.ts';
import { acquisitionDefaults, gridOf } from '../../../src/simulator/acquisition/options.ts';
import { planScan } from '../../../src/simulator/acquisition/scan-plan.ts';

const grid = gridOf({ ...acquisitionDefaults, folder: '', rows: 5, columns: 5 });
const plan = planScan(grid).map(
  (tile): Exposure => ({
    ...tile,
    file: `s_r${tile.row}_c${tile.column}.tiff`,
    sampleLabel: 's',
    seed: 1,
    zoom: 1,
    writing: 'whole',
  }),
);
const withFault = (...faults: Fault[]) => faultyPlan(plan, faults, 4);
const files = (tiles: readonly Exposure[]) => tiles.map((tile) => tile.file);

describe('a faulty acquisition of 25 tiles', () => {
  it('is the whole plan when nothing goes wrong', () => {
    expect(withFault()).toEqual(plan);
  });

  it('is the same each time for the same seed', () => {
    for (const fault of faultNames) expect(withFault(fault)).toEqual(withFault(fault));
  });

  it('leaves one file half written, and allocates every file before its data', () => {
    expect(withFault('half-written').filter((tile) => tile.writing === 'half-written')).toHaveLength(1);
    expect(withFault('preallocated').every((tile) => tile.writing === 'preallocated')).toBe(true);
  });

  it('writes the same tiles out of order', () => {
    const mixed = files(withFault('out-of-order'));
    expect(mixed).not.toEqual(files(plan));
    expect(mixed.toSorted()).toEqual(files(plan).toSorted());
  });

  it('strikes 8 % of the tiles: 2 missing, 2 duplicated, 2 blurred, 2 charged', () => {
    expect(withFault('missing')).toHaveLength(23);
    expect(files(withFault('duplicated')).filter((file) => file.includes('_copy'))).toHaveLength(2);
    expect(withFault('blurred').filter((tile) => tile.blurPx !== undefined)).toHaveLength(2);
    expect(withFault('charged').filter((tile) => tile.charging !== undefined)).toHaveLength(2);
  });

  it('turns a rotated grid and leaves the others as they are', () => {
    expect(faultyGrid(grid, ['missing'])).toEqual(grid);
    expect(faultyGrid(grid, ['rotated-grid']).rotationRad).toBeGreaterThan(0);
  });

  it('interleaves a second sample with a powder of its own under its own label', () => {
    const tiles = withFault('interleaved');
    expect(tiles.map((tile) => tile.sampleLabel)).toEqual(plan.flatMap(() => ['s', 's B']));
    expect(new Set(tiles.map((tile) => tile.seed)).size).toBe(2);
    expect(new Set(files(tiles)).size).toBe(50);
  });

  it('takes every third tile at twice the magnification', () => {
    expect(withFault('mixed-magnifications').filter((tile) => tile.zoom === 2)).toHaveLength(8);
  });

  it('restarts after 40 %: 10 tiles, then all 25 again under other names', () => {
    const tiles = withFault('restarted');
    expect(files(tiles.slice(0, 10))).toEqual(files(plan.slice(0, 10)));
    expect(tiles).toHaveLength(35);
    expect(new Set(files(tiles)).size).toBe(35);
  });
});
