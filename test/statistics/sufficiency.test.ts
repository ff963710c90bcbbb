import { describe, expect, it } from 'vitest';
import { emptyGroup } from '../../src/statistics/group-statistics.ts';
import { runStatistics } from '../../src/statistics/run-statistics.ts';
import type { Estimate, RunStatistics } from '../../src/statistics/size-statistics.ts';
import { precisionOf } from '../../src/statistics/sufficiency.ts';
import { runOf, tileOfDiameters } from './tiles.ts';

const target = { relativeHalfWidth: 0.05, figures: ['d50'], tilesMin: 8 } as const;
const plain = { resamples: 0, seed: 1, classesPerDecade: 10, visible: null };

/** Statistics of so many tiles, with these estimates for D10, D50 and D90. */
function run(tiles: number, d10: Estimate, d50: Estimate, d90: Estimate): RunStatistics {
  const statistics = runStatistics(runOf([tileOfDiameters(1, 2, 3)]), plain);
  const sizes = statistics.all.diameterEquivalentUm!;
  return {
    ...statistics,
    tiles,
    all: { ...statistics.all, diameterEquivalentUm: { ...sizes, d10, d50, d90 } },
  };
}

/** A figure of 10 that may be off by so much. */
function tenWithin(half: number): Estimate {
  return { value: 10, low95: 10 - half, high95: 10 + half };
}

describe('the tiles are enough', () => {
  it('once half the interval is the target share of the figure', () => {
    const precision = precisionOf(run(20, tenWithin(2), tenWithin(0.5), tenWithin(1)), target);
    expect(precision).toEqual({
      relativeHalfWidth: { d10: 0.2, d50: 0.05, d90: 0.1 },
      reached: true,
      tilesNeeded: 0,
    });
  });

  it('only when every figure asked for has reached it', () => {
    const both = { ...target, figures: ['d50', 'd90'] } as const;
    // D90 is twice as wide as the target: four times 20 tiles, 60 more.
    const precision = precisionOf(run(20, tenWithin(2), tenWithin(0.5), tenWithin(1)), both);
    expect(precision).toMatchObject({ reached: false, tilesNeeded: 60 });
  });

  it('never with fewer than the least number of tiles', () => {
    const precision = precisionOf(run(5, tenWithin(0.1), tenWithin(0.1), tenWithin(0.1)), target);
    expect(precision).toMatchObject({ reached: false, tilesNeeded: 3 });
  });

  it('unknown while there is no interval', () => {
    const none = { value: 10, low95: null, high95: null };
    const unknown = {
      relativeHalfWidth: { d10: null, d50: null, d90: null },
      reached: false,
      tilesNeeded: null,
    };
    expect(precisionOf(run(1, none, none, none), target)).toEqual(unknown);
    expect(precisionOf({ ...run(1, none, none, none), all: emptyGroup }, target)).toEqual(unknown);
  });
});
