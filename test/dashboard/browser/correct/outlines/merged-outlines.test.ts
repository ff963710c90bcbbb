import { describe, expect, it } from 'vitest';
import { mergedOutlines } from '../../../../../src/dashboard/browser/correct/outlines/merged-outlines.ts';
import { areaPx2 } from '../../../../../src/dashboard/browser/correct/outlines/outline-area.ts';
import { rectangle } from './outlines.ts';

const tile = { widthPx: 200, heightPx: 200 };

describe('mergedOutlines', () => {
  it('counts what two outlines share once', () => {
    // 20 x 20 each, shifted by 10: 30 x 20.
    const merged = mergedOutlines([rectangle(10, 10, 20, 20), rectangle(20, 10, 20, 20)], tile);
    expect(merged).toHaveLength(1);
    expect(areaPx2(merged)).toBe(600);
  });

  it.each([
    [0, 800],
    [2, 840],
    [4, 880],
  ])('closes a seam of %i px between two', (seamPx, areaExpectedPx2) => {
    // 20 x 20 each, and the seam over their common height of 20 px.
    const merged = mergedOutlines([rectangle(10, 10, 20, 20), rectangle(30 + seamPx, 10, 20, 20)], tile);
    expect(merged).toHaveLength(1);
    expect(areaPx2(merged)).toBe(areaExpectedPx2);
  });

  it('keeps those that are further apart as two parts of one particle', () => {
    const merged = mergedOutlines([rectangle(10, 10, 20, 20), rectangle(40, 10, 20, 20)], tile);
    expect(merged).toHaveLength(2);
    expect(areaPx2(merged)).toBe(800);
  });

  it('merges at the upper left corner of the tile, where there is no pixel further out', () => {
    const merged = mergedOutlines([rectangle(0, 0, 20, 20), rectangle(21, 0, 20, 20)], tile);
    expect(areaPx2(merged)).toBe(820);
  });
});
