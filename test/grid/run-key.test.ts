import { describe, expect, it } from 'vitest';
import { belongsToRun, type RunKey } from '../../src/grid/run-key.ts';

describe('belongsToRun', () => {
  const tile: RunKey = {
    ...{ folder: '/export/a', sampleLabel: 'Li1', instrumentId: 'MVE01', pixelSizeNm: 39.945 },
    ...{ pixelSizeSource: 'file', isPlaced: true },
  };
  const run = tile;

  it('takes a tile whose pixels differ in the sixth digit', () => {
    expect(belongsToRun(run, { ...tile, pixelSizeNm: tile.pixelSizeNm * (1 + 2e-6) })).toBe(true);
  });

  it('takes pixel sizes within 1 % and none beyond', () => {
    expect(belongsToRun(run, { ...tile, pixelSizeNm: tile.pixelSizeNm * 1.009 })).toBe(true);
    expect(belongsToRun(run, { ...tile, pixelSizeNm: tile.pixelSizeNm * 0.991 })).toBe(true);
    expect(belongsToRun(run, { ...tile, pixelSizeNm: tile.pixelSizeNm * 1.011 })).toBe(false);
    expect(belongsToRun(run, { ...tile, pixelSizeNm: tile.pixelSizeNm * 0.989 })).toBe(false);
  });

  it.each([
    ['folder', { folder: '/export/b' }],
    ['sample label', { sampleLabel: 'Li2' }],
    ['instrument', { instrumentId: 'MVE02' }],
    ['magnification', { pixelSizeNm: 207.8 }],
    ['source of its pixel size', { pixelSizeSource: 'stated' }],
    ['kind: without a place,', { isPlaced: false }],
  ] as const)('keeps a tile of another %s apart', (_, other) => {
    expect(belongsToRun(run, { ...tile, ...other })).toBe(false);
  });
});
