import { describe, expect, it } from 'vitest';
import { narrowingDomain } from '../../../src/dashboard/browser/now/narrowing-domain.ts';
import { withPoints } from '../../../src/dashboard/browser/now/narrowing-points.ts';
import { outlinePaths } from '../../../src/dashboard/browser/now/outline-paths.ts';
import { timeLeftS } from '../../../src/dashboard/browser/now/pace.ts';
import { durationText } from '../../../src/dashboard/browser/shell/figures.ts';
import { linearScale, roundTicks } from '../../../src/dashboard/browser/shell/plot-scale.ts';
import { runEntry } from './examples.ts';

describe('the time left', () => {
  // 11 tiles came within 100 s, so one every 10 s; of 100 expected 8 are done, 3 wait: 92 are left.
  const tiles = { segmented: 6, waiting: 3, failed: 1, leftOut: 1, expected: 100 };
  const entry = runEntry({ tiles, lastTileAt: '2026-11-28T10:01:40.000Z' });

  it('is that of the tiles still to be measured, at the pace of those that came', () => {
    expect(timeLeftS(entry)).toBe(920);
  });

  it('is not told of a run that has ended, of one tile, or where nobody says how many there will be', () => {
    expect(timeLeftS({ ...entry, state: 'complete' })).toBeNull();
    expect(timeLeftS({ ...entry, tiles: { ...tiles, expected: null } })).toBeNull();
    expect(
      timeLeftS(runEntry({ tiles: { ...tiles, segmented: 1, waiting: 0, failed: 0, leftOut: 0 } })),
    ).toBeNull();
  });

  it('is said as a person would say it', () => {
    expect([20, 60, 920, 3_540, 4_900, 40_000].map(durationText)).toEqual([
      'less than a minute',
      'about 1 minute',
      'about 15 minutes',
      'about 59 minutes',
      'about 1 hour 20 minutes',
      'about 11 hours',
    ]);
  });
});

describe('outlines on a small picture', () => {
  const piece = { number: 0, confidence: 1, areaUm2: 1, diameterEquivalentUm: 1, touchesBorder: false };
  const boxPx: [number, number, number, number] = [0, 0, 8, 8];

  it('are closed paths, certain and uncertain apart, without corners that nobody would see', () => {
    const outlinePx = [[0, 0, 1, 0, 8, 0, 8, 8, 8, 9]];
    const pieces = [
      { ...piece, boxPx, certain: true, outlinePx },
      { ...piece, boxPx, certain: false, outlinePx: [[2, 2, 6, 2, 6, 6]] },
      { ...piece, boxPx, certain: true, outlinePx: null },
    ];
    expect(outlinePaths({ contentHash: 'a', pieces }, 4)).toEqual({
      certain: 'M0 0L8 0L8 8Z',
      uncertain: 'M2 2L6 2L6 6Z',
    });
  });
});

describe('how intervals narrowed', () => {
  const figure = { value: 10, low: null, high: null };
  const of = (tiles: number, revision: number) => ({
    ...{ tiles, revision, d10Um: figure, d50Um: figure, d90Um: figure },
  });

  it('is what was read and what was told since, by tiles; the latest revision of as many counts', () => {
    const read = [of(1, 1), of(3, 2)];
    expect(withPoints(read, [of(4, 3), of(3, 4)])).toEqual([of(1, 1), of(3, 4), of(4, 3)]);
    // What was told before it was read is older than that.
    expect(withPoints(read, [of(1, 0)])).toEqual(read);
  });
});

describe('the chart of narrowing intervals', () => {
  const point = (tiles: number, value: number, half: number) => ({
    tiles,
    value,
    low: value - half,
    high: value + half,
  });

  it('shows four times the half width asked for, around the latest figure', () => {
    // 5 % of 10 is 0.5; the interval of now, 3 x 0.4, needs less than 4 x 0.5.
    expect(narrowingDomain([point(2, 10, 9), point(20, 10, 0.4)], 0.05, null)).toEqual([8, 12]);
  });

  it('shows where the figure shall lie if that is near, and not if it is far', () => {
    expect(narrowingDomain([point(20, 10, 0.4)], 0.05, { min: 7, max: 11 })).toEqual([7, 12]);
    expect(narrowingDomain([point(20, 10, 0.4)], 0.05, { min: 100, max: 110 })).toEqual([8, 12]);
  });

  it('has room for a figure without an interval', () => {
    const [low, high] = narrowingDomain([{ tiles: 1, value: 10, low: null, high: null }], null, null);
    expect(low).toBeLessThan(10);
    expect(high).toBeGreaterThan(10);
  });

  it('has round numbers on its axes', () => {
    expect(roundTicks([0, 288], 4)).toEqual([0, 100, 200]);
    expect(roundTicks([4.7, 5.3], 4)).toEqual([4.8, 5, 5.2]);
    expect(linearScale([0, 10], [100, 0])(2.5)).toBe(75);
  });
});
