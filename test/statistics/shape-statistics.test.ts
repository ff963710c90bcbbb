import { describe, expect, it } from 'vitest';
import { borderCorrected } from '../../src/statistics/border-correction.ts';
import { shapeStatistics } from '../../src/statistics/shape-statistics.ts';
import { type ShapedTile, shapedParticles } from '../../src/statistics/shaped-particles.ts';
import type { BorderMethod } from '../../src/statistics/size-statistics.ts';
import { type Grain, tileWith } from './tiles.ts';

/** A field of 100 um by 50 um at this x whose particles have these circularities, and half of it as all other measures. */
function tileOfShapes(
  grains: readonly (Partial<Grain> & { readonly circularity: number })[],
  x = 0,
): ShapedTile {
  const circularity = Float64Array.from(grains, (grain) => grain.circularity);
  const half = circularity.map((value) => value / 2);
  return {
    ...tileWith(
      grains.map((grain) => ({ areaUm2: 1, ...grain })),
      x,
    ),
    ...{ circularity, aspectRatio: half, solidity: half, diameterFeretMinUm: half, diameterFeretMaxUm: half },
  };
}

const options = { resamples: 200, seed: 1 };

function statisticsOf(tiles: readonly ShapedTile[], method: BorderMethod = 'exclude') {
  const shaped = shapedParticles(tiles, method, borderCorrected(tiles, method).duplicates);
  return shapeStatistics(tiles, shaped, options);
}

describe('shapes', () => {
  it('are means and percentiles by number, of all and of certain particles', () => {
    // Circularities 0.1 to 0.9: D10 = 0.18, D90 = 0.82 by linear interpolation.
    const grains = [9, 1, 8, 2, 7, 3, 6, 4, 5].map((tenth) => ({
      circularity: tenth / 10,
      certain: tenth > 6,
    }));
    const { all, certain } = statisticsOf([tileOfShapes(grains)]);
    expect(all.count).toBe(9);
    const values = ['mean', 'd10', 'd50', 'd90'].map((name) => all.circularity?.[name as 'mean'].value);
    for (const [i, value] of [0.5, 0.18, 0.5, 0.82].entries()) expect(values[i]).toBeCloseTo(value, 9);
    expect(all.solidity?.mean.value).toBeCloseTo(0.25, 9);
    expect(certain).toMatchObject({ count: 3, circularity: { d50: { value: 0.8 } } });
    // One tile does not tell how tiles differ.
    expect(all.circularity?.mean).toMatchObject({ low95: null, high95: null });
  });

  it('are of whole particles only, the larger one standing for more where borders are corrected for', () => {
    const tile = tileOfShapes([
      { circularity: 0.5, boxUm: [1, 1] },
      { circularity: 0.9, boxUm: [50, 25] },
      { circularity: 0.2, touchesBorder: true },
    ]);
    const { all } = statisticsOf([tile], 'join');
    expect(all.count).toBe(2);
    // Weights 5000 / (99 x 49) and 5000 / (50 x 25).
    const [small, large] = [5000 / (99 * 49), 4];
    expect(all.circularity?.mean.value).toBeCloseTo((0.5 * small + 0.9 * large) / (small + large), 9);
    expect(statisticsOf([tile], 'exclude').all.circularity?.mean.value).toBeCloseTo(0.7, 12);
    expect(statisticsOf([tile], 'include').all.count).toBe(3);
  });

  it('have intervals from whole tiles, which do not exceed 1 for ratios', () => {
    const tiles = [0.6, 0.99, 0.98, 0.97].map((circularity, at) => tileOfShapes([{ circularity }], 200 * at));
    const { circularity, diameterFeretMaxUm } = statisticsOf(tiles).all;
    const { low95, value, high95 } = circularity!.mean;
    expect(low95).toBeLessThan(value);
    expect(high95).toBe(1);
    expect(diameterFeretMaxUm!.mean.high95).toBeGreaterThan(0.5);
  });

  it('are null where no particle was seen whole, never zero', () => {
    const { all, certain } = statisticsOf([tileOfShapes([{ circularity: 0.5, touchesBorder: true }])]);
    expect(all).toMatchObject({ count: 0, circularity: null, diameterFeretMaxUm: null });
    expect(certain).toEqual(all);
  });
});
