import { describe, expect, it } from 'vitest';
import { searchThresholds, THRESHOLD_GRID } from '../../../src/evaluation/thresholds/search.ts';
import type { Thresholds } from '../../../src/inference/model/manifest.ts';

const start: Thresholds = {
  objectnessCertain: 0.5,
  objectnessUncertain: 0.5,
  overlap: 0.5,
  crossOverlap: 0.3,
  maskActivation: 0.5,
  smallestAreaPx: 24,
};

describe('searchThresholds', () => {
  it('climbs to the best of each threshold', () => {
    // A hill with its top at 0.8 and 0.4, which are on the grid.
    const score = (t: Thresholds) => 1 - (t.objectnessCertain - 0.8) ** 2 - (t.overlap - 0.4) ** 2;
    const result = searchThresholds(start, score);
    expect(result.thresholds).toEqual({ ...start, objectnessCertain: 0.8, overlap: 0.4 });
    expect(result.scoreBefore).toBeCloseTo(1 - 0.09 - 0.01, 12);
    expect(result.scoreAfter).toBe(1);
  });

  it('goes round again where one threshold opens the way for an earlier one', () => {
    // Objectness pays only once the activation is 0.6, which comes later in the round.
    const score = (t: Thresholds) =>
      t.maskActivation !== 0.6 ? 0.1 : 0.9 - Math.abs(t.objectnessCertain - 0.9);
    expect(searchThresholds(start, score).thresholds).toEqual({
      ...start,
      objectnessCertain: 0.9,
      maskActivation: 0.6,
    });
  });

  it('stays where nothing is gained, also off the grid, and scores no set twice', () => {
    const seen: string[] = [];
    const odd = { ...start, overlap: 0.47 };
    const result = searchThresholds(odd, (t) => {
      seen.push(JSON.stringify(t));
      return 0.7;
    });
    expect(result).toMatchObject({ thresholds: odd, scoreBefore: 0.7, scoreAfter: 0.7 });
    expect(new Set(seen).size).toBe(seen.length);
    // The start, and every grid value that is not the start's own (overlap 0.47 is none of the grid).
    const grid = Object.values(THRESHOLD_GRID).flat().length;
    expect(result.tried).toBe(1 + grid - 5);
  });

  it('does not follow gains below 0.001', () => {
    const score = (t: Thresholds) => 0.5 + t.smallestAreaPx * 1e-6;
    expect(searchThresholds(start, score).thresholds).toEqual(start);
  });
});
