import { describe, expect, it } from 'vitest';
import { acquisitionDefaults, gridOf } from '../../../src/simulator/acquisition/options.ts';
import { gridBox, planScan, type ScanGrid } from '../../../src/simulator/acquisition/scan-plan.ts';

const paperGrid: ScanGrid = gridOf({ ...acquisitionDefaults, folder: '' });
const smallGrid: ScanGrid = { ...paperGrid, rows: 2, columns: 3 };
const sites = (grid: ScanGrid) => planScan(grid).map(({ row, column }) => `${row},${column}`);

describe('a scan plan', () => {
  it('has the paper’s 288 tiles', () => {
    expect(planScan(paperGrid)).toHaveLength(288);
  });

  it('runs every other row backwards when serpentine, and none in raster order', () => {
    expect(sites(smallGrid)).toEqual(['0,0', '0,1', '0,2', '1,2', '1,1', '1,0']);
    expect(sites({ ...smallGrid, order: 'raster' })).toEqual(['0,0', '0,1', '0,2', '1,0', '1,1', '1,2']);
  });

  it('steps right by a tile’s width and down by its height', () => {
    // 80 um over 1920 pixels, so 1200 pixels are 50 um; 10 % overlap leaves 72 um and 45 um.
    const last = (grid: ScanGrid) => planScan({ ...grid, order: 'raster' }).at(-1)?.centreUm;
    expect(last(smallGrid)).toEqual({ x: 160, y: -50 });
    expect(last({ ...smallGrid, overlapFraction: 0.1 })).toEqual({ x: 144, y: -45 });
    expect(last({ ...smallGrid, startCentreUm: { x: -100, y: 20 } })).toEqual({ x: 60, y: -30 });
  });

  it('turns counter-clockwise about its first tile', () => {
    // A quarter turn takes (160, -50) to (50, 160).
    const turned = planScan({ ...smallGrid, order: 'raster', rotationRad: Math.PI / 2 });
    expect(turned[0]?.centreUm).toEqual({ x: 0, y: 0 });
    expect(turned[5]?.centreUm.x).toBeCloseTo(50, 9);
    expect(turned[5]?.centreUm.y).toBeCloseTo(160, 9);
  });

  it('leaves out the missing tiles, and shows the whole grid’s box all the same', () => {
    const grid = { ...smallGrid, missing: [{ row: 1, column: 2 }] };
    expect(sites(grid)).toEqual(['0,0', '0,1', '0,2', '1,1', '1,0']);
    expect(gridBox(grid)).toEqual({ left: -40, right: 200, bottom: -75, top: 25 });
  });

  it('refuses a grid out of range, naming key and value', () => {
    expect(() => planScan({ ...smallGrid, rows: 0 })).toThrow('rows is 0');
    expect(() => planScan({ ...smallGrid, overlapFraction: 1 })).toThrow('overlapFraction is 1');
    expect(() => planScan({ ...smallGrid, missing: [{ row: 2, column: 0 }] })).toThrow('row 2, column 0');
  });
});
