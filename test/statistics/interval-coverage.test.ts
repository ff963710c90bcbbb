import { describe, expect, it } from 'vitest';
import type { TileParticles } from '../../src/statistics/border-correction.ts';
import { type RandomBelow, seededRandom } from '../../src/statistics/random.ts';
import { runStatistics } from '../../src/statistics/run-statistics.ts';
import { runOf, tileOfAreas } from './tiles.ts';

/*
 * A virtual powder whose tiles differ: ln(area) = tile's shift + particle's own, both normal with standard
 * deviation 0.4. The mean area is therefore exp((0.4^2 + 0.4^2) / 2) = exp(0.16) and the median 1.
 */
const spread = 0.4;
const truth = { mean: Math.exp(spread ** 2), median: 1 };
const runs = 100;
const tilesPerRun = 40;
const particlesPerTile = 12;

function normal(randomBelow: RandomBelow): number {
  // Box and Muller; half a step above 0 keeps the logarithm finite.
  const uniform = () => (randomBelow(2 ** 32) + 0.5) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function virtualRun(randomBelow: RandomBelow): TileParticles[] {
  return Array.from({ length: tilesPerRun }, () => {
    const shift = spread * normal(randomBelow);
    const areas = Array.from({ length: particlesPerTile }, () =>
      Math.exp(shift + spread * normal(randomBelow)),
    );
    return tileOfAreas(...areas);
  });
}

interface Coverage {
  /** Share of virtual runs whose interval holds the truth. */
  readonly mean: number;
  readonly median: number;
  /** Average width of the mean's interval. */
  readonly widthOfMean: number;
}

function coverage(arrange: (tiles: TileParticles[]) => TileParticles[]): Coverage {
  const randomBelow = seededRandom(20);
  const sum = { mean: 0, median: 0, widthOfMean: 0 };
  for (let run = 0; run < runs; run++) {
    const tiles = arrange(virtualRun(randomBelow));
    const options = { resamples: 200, seed: run, classesPerDecade: 5, visible: null };
    const areas = runStatistics(runOf(tiles), options).all.areaUm2;
    if (holds(areas?.mean, truth.mean)) sum.mean++;
    if (holds(areas?.d50, truth.median)) sum.median++;
    sum.widthOfMean += (areas?.mean.high95 ?? Number.NaN) - (areas?.mean.low95 ?? Number.NaN);
  }
  return { mean: sum.mean / runs, median: sum.median / runs, widthOfMean: sum.widthOfMean / runs };
}

function holds(
  estimate: { low95: number | null; high95: number | null } | undefined,
  value: number,
): boolean {
  if (!estimate || estimate.low95 === null || estimate.high95 === null) return false;
  return estimate.low95 <= value && value <= estimate.high95;
}

describe('95 % intervals over 100 virtual runs of 40 tiles', () => {
  const held = coverage((tiles) => tiles);

  it('hold the true mean and median in at least 85 of them', () => {
    expect(held.mean).toBeGreaterThanOrEqual(0.85);
    expect(held.median).toBeGreaterThanOrEqual(0.85);
  });

  it('are as wide as theory says, within 15 percent', () => {
    // With v = exp(0.16): the tiles' expected means vary by v^2 (v - 1), and 12 particles in each add v^3 (v - 1) / 12.
    const v = Math.exp(spread ** 2);
    const standardError = Math.sqrt((v ** 2 * (v - 1) + (v ** 3 * (v - 1)) / particlesPerTile) / tilesPerRun);
    expect(held.widthOfMean / (2 * 1.96 * standardError)).toBeGreaterThan(0.85);
    expect(held.widthOfMean / (2 * 1.96 * standardError)).toBeLessThan(1.15);
  });

  it('would miss it far too often if every particle counted as independent', () => {
    // Within a tile the correlation is 1/2, so the true standard error is sqrt(1 + 11 / 2) = 2.5 times as large.
    const held = coverage((tiles) =>
      tiles.flatMap((tile) => Array.from(tile.areaUm2, (area) => tileOfAreas(area))),
    );
    expect(held.mean).toBeLessThan(0.75);
    expect(held.median).toBeLessThan(0.75);
  });
});
