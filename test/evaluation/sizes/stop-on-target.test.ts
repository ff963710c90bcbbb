import { describe, expect, it } from 'vitest';
import {
  startedAt,
  summaryOfStops,
  tilesUntilSufficient,
} from '../../../src/evaluation/sizes/stop-on-target.ts';
import { runStatistics } from '../../../src/statistics/run-statistics.ts';

const target = { relativeHalfWidth: 0.05, figures: ['d50'], tilesMin: 3 } as const;

/** Statistics of the first n tiles, each with particles of these diameters. */
const statisticsOf = (tiles: readonly (readonly number[])[]) => (n: number) => {
  const particles = tiles.slice(0, n).flatMap((diameters, tile) => diameters.map((um) => ({ tile, um })));
  return runStatistics(
    {
      tiles: n,
      particles: {
        areaUm2: Float64Array.from(particles, ({ um }) => (Math.PI / 4) * um ** 2),
        weight: new Float64Array(particles.length).fill(1),
        tile: Int32Array.from(particles, ({ tile }) => tile),
        certain: new Uint8Array(particles.length).fill(1),
      },
      border: { method: 'exclude', cut: 0, joined: 0, diameterD50Shift: null },
    },
    { resamples: 200, seed: 1, classesPerDecade: 10, visible: null },
  );
};

describe('tilesUntilSufficient', () => {
  it('stops at the least number of tiles where all tiles are alike', () => {
    expect(tilesUntilSufficient(9, target, statisticsOf(Array.from({ length: 9 }, () => [2, 3, 4])))).toBe(3);
  });

  it('waits for an interval, which two tiles with particles give', () => {
    // Alike, but the first four are empty: the second one with particles is the sixth tile.
    const tiles = [[], [], [], [], [2, 3, 4], [2, 3, 4], [2, 3, 4]];
    expect(tilesUntilSufficient(7, target, statisticsOf(tiles))).toBe(6);
  });

  it('goes on to the end where tiles never agree', () => {
    const tiles = Array.from({ length: 9 }, (_, tile) => (tile % 2 === 0 ? [1] : [9]));
    expect(tilesUntilSufficient(9, target, statisticsOf(tiles))).toBeNull();
  });
});

it('begins a scan elsewhere, what came before coming last', () => {
  expect(startedAt(['a', 'b', 'c', 'd'], 3)).toEqual(['d', 'a', 'b', 'c']);
});

describe('summaryOfStops', () => {
  const scan = (stoppedAfter: number | null, d50Um: number) => {
    return { tiles: 100, stoppedAfter, d50Um, d50OfAllUm: 10, d50TrueUm: 10 };
  };

  it('judges the scans that stopped', () => {
    const summary = summaryOfStops([scan(20, 10.3), scan(30, 10.4), scan(10, 9), scan(null, 20)], 0.05);
    expect(summary).toMatchObject({ stopped: 3, tilesMedian: 20, withinTarget: 2 });
    // +3 %, +4 %, -10 %.
    expect(summary.errorToTruth?.mean).toBeCloseTo(-0.01, 12);
    expect(summary.errorToTruth?.rootMeanSquare).toBeCloseTo(Math.sqrt(0.0125 / 3), 12);
  });

  it('has nothing to judge where none did', () => {
    const none = { stopped: 0, tilesMedian: null, withinTarget: 0, errorToTruth: null };
    expect(summaryOfStops([scan(null, 10)], 0.05)).toMatchObject(none);
  });
});
