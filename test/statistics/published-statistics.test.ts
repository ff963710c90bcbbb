import { describe, expect, it } from 'vitest';
import { readFilter } from '../../src/config/particle-filter.ts';
import { borderCorrected } from '../../src/statistics/border-correction.ts';
import { borderMethodFor, type FilterableTile } from '../../src/statistics/filtered-particles.ts';
import { sizesOf } from '../../src/statistics/published-sizes.ts';
import { type PublishedOptions, publishedStatistics } from '../../src/statistics/published-statistics.ts';
import { runStatistics } from '../../src/statistics/run-statistics.ts';
import type { RunStatistics, SizeDistribution } from '../../src/statistics/size-statistics.ts';
import { precisionOf } from '../../src/statistics/sufficiency.ts';
import { tileWith } from './tiles.ts';

/**
 * A field at this x with a particle of each equivalent diameter d in um, whose circularity and confidence are d / 10, whose
 * greatest Feret diameter is 2 d and whose least is d / 2.
 */
function tileOf(diameters: readonly number[], x = 0): FilterableTile {
  const times = (factor: number) => Float64Array.from(diameters, (diameter) => factor * diameter);
  const grains = diameters.map((diameter) => ({
    areaUm2: (Math.PI * diameter ** 2) / 4,
    certain: diameter > 2,
  }));
  return {
    ...tileWith(grains, x),
    ...{ circularity: times(0.1), aspectRatio: times(0.1), solidity: times(0.1), confidence: times(0.1) },
    ...{ diameterFeretMaxUm: times(2), diameterFeretMinUm: times(0.5), perimeterUm: times(4) },
  };
}

const options: PublishedOptions = {
  ...{ border: 'exclude', diameter: 'area', resamples: 100, seed: 1, classesPerDecade: 10, visible: null },
};

function published(
  tiles: readonly FilterableTile[],
  filter: string | null = null,
  changed: Partial<PublishedOptions> = {},
): RunStatistics {
  const inForce = filter === null ? null : { filter: readFilter(filter), from: 'configuration' as const };
  return publishedStatistics(tiles, { ...options, ...changed }, inForce).statistics;
}

function figuresOf(sizes: Pick<SizeDistribution, 'mean' | 'd10' | 'd50' | 'd90'> | null | undefined) {
  return (['mean', 'd10', 'd50', 'd90'] as const).map((name) => Number(sizes?.[name].value.toPrecision(9)));
}

const oneToNine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('the published statistics', () => {
  it('are those of all particles by equivalent diameter unless something else is asked for', () => {
    const tiles = [tileOf(oneToNine), tileOf([2, 4], 1000)];
    const { particles, border } = borderCorrected(tiles, 'exclude');
    const { shape: _, ...statistics } = published(tiles);
    expect(statistics).toEqual(runStatistics({ tiles: 2, particles, border }, options));
    expect(statistics).not.toHaveProperty('filter');
    expect(statistics.diameter).toBe('area');
  });

  it('count only particles that pass the filter, and say what that changes', () => {
    // Circularities 0.1 to 0.9: 5 to 9 um pass. 7 is their mean and median; at ranks 0.4 and 3.6 lie 5.4 and 8.6.
    const { all, uncertain, filter, shape } = published([tileOf(oneToNine)], 'circularity >= 0.5');
    expect(all.count).toBe(5);
    expect(uncertain.count).toBe(0);
    expect(figuresOf(all.diameterEquivalentUm)).toEqual([7, 5.4, 7, 8.6]);
    expect(shape?.all.count).toBe(5);
    expect(shape?.all.circularity?.mean.value).toBeCloseTo(0.7, 9);
    // Without it: 1 to 9 um have 1.8, 5 and 8.2; two of them, of 1 and 2 um, are uncertain.
    expect(filter).toMatchObject({ expression: 'circularity >= 0.5', particlesLeftOut: 4 });
    expect(filter?.unfiltered).toMatchObject({ count: 9, uncertainCount: 2 });
    expect(figuresOf(filter?.unfiltered.diameterUm)).toEqual([5, 1.8, 5, 8.2]);
  });

  it('take each comparison as it is written', () => {
    const passing = (filter: string) => published([tileOf(oneToNine)], filter).all.count;
    expect(passing('diameterEquivalentUm > 3')).toBe(6);
    expect(passing('diameterEquivalentUm >= 3')).toBe(7);
    expect(passing('diameterFeretMaxUm < 6')).toBe(2);
    expect(passing('diameterFeretMinUm <= 1.5')).toBe(3);
    expect(passing('confidence >= 0.3 and perimeterUm < 20')).toBe(2);
    // pi 9 um2 / 4 = 7.07 um2 is the area at 3 um.
    expect(passing('areaUm2 >= 7 and areaUm2 <= 7.1')).toBe(1);
  });

  it('give intervals of what passes, by all tiles that were measured', () => {
    const tiles = [tileOf([4, 5]), tileOf([5, 7], 1000), tileOf([1], 2000)];
    const statistics = published(tiles, 'diameterEquivalentUm > 3');
    expect(statistics.tiles).toBe(3);
    const { low95, high95 } = statistics.all.diameterEquivalentUm!.d50;
    expect(low95).toBeLessThan(5);
    expect(high95).toBeGreaterThan(5);
    // Precision rests on what passes: 1 um is left out, which alone makes the unfiltered one worse.
    const target = { relativeHalfWidth: 0.05, figures: ['d50'], tilesMin: 2 } as const;
    const without = precisionOf(published(tiles), target).relativeHalfWidth.d50!;
    expect(precisionOf(statistics, target).relativeHalfWidth.d50).toBeLessThan(without);
  });

  it('say so where nothing passes, with the figures that there would be', () => {
    const { all, filter, warnings } = published([tileOf([1, 2, 3])], 'circularity > 0.9');
    expect(all).toMatchObject({ count: 0, diameterEquivalentUm: null });
    expect(filter).toMatchObject({ particlesLeftOut: 3, unfiltered: { count: 3 } });
    expect(warnings.map(({ code }) => code)).toEqual(['none-passes-filter']);
    expect(warnings[0]?.message).toMatch(/^none of 3 particles passes the filter circularity > 0.9/);
    // Without particles at all the filter is not to blame.
    expect(published([tileOf([])], 'circularity > 0.9').warnings).toEqual([]);
  });
});

describe('Feret diameters', () => {
  it.each([
    ['feretMax', 'diameterFeretMaxUm', 2],
    ['feretMin', 'diameterFeretMinUm', 0.5],
  ] as const)('as %s are what every figure of diameter is of', (diameter, field, factor) => {
    const tiles = [tileOf(oneToNine), tileOf([2, 4], 1000)];
    const byArea = published(tiles).all;
    const statistics = published(tiles, null, { diameter });
    const { all } = statistics;
    expect(statistics.diameter).toBe(diameter);
    expect(sizesOf(all)).toBe(all[field]);
    // Every diameter is `factor` times x_A, so every figure of it is too, and so are the bounds of its interval.
    const scaled = (value: number | null | undefined) => Number((factor * value!).toPrecision(9));
    const digits = (value: number | null | undefined) => Number(value!.toPrecision(9));
    for (const name of ['d10', 'd50', 'd90', 'mean'] as const) {
      for (const part of ['value', 'low95', 'high95'] as const) {
        expect(digits(all[field]?.[name][part])).toBe(scaled(byArea.diameterEquivalentUm?.[name][part]));
      }
    }
    expect(digits(all.diameterMeansUm?.sauter.value)).toBe(scaled(byArea.diameterMeansUm?.sauter.value));
    expect(digits(all.diameterByVolumeUm?.d50.value)).toBe(scaled(byArea.diameterByVolumeUm?.d50.value));
    expect(digits(all.logNormal?.geometricMeanUm.value)).toBe(
      scaled(byArea.logNormal?.geometricMeanUm.value),
    );
    // What has another name is still what its name says.
    expect(all.diameterEquivalentUm).toEqual(byArea.diameterEquivalentUm);
    expect(all.areaUm2).toEqual(byArea.areaUm2);
  });

  it('are sorted by themselves, whatever the areas are', () => {
    const tile = { ...tileOf([1, 2, 3]), diameterFeretMaxUm: Float64Array.of(9, 3, 5) };
    const { all } = published([tile], null, { diameter: 'feretMax' });
    expect(figuresOf(all.diameterFeretMaxUm).at(2)).toBe(5);
    expect(all.diameterFeretMaxUm).toMatchObject({ smallest: 3, largest: 9 });
  });

  it('are filtered as any diameter is', () => {
    const { all, filter } = published([tileOf(oneToNine)], 'circularity >= 0.5', { diameter: 'feretMax' });
    expect(figuresOf(all.diameterFeretMaxUm)).toEqual([14, 10.8, 14, 17.2]);
    expect(figuresOf(filter?.unfiltered.diameterUm)).toEqual([10, 3.6, 10, 16.4]);
  });

  it('have null where there is no particle', () => {
    const { all } = published([tileOf([])], null, { diameter: 'feretMin' });
    expect(all).toMatchObject({ count: 0, diameterFeretMinUm: null, diameterEquivalentUm: null });
  });
});

describe('what is done about borders', () => {
  it('is not joining where outlines are asked for, which joined particles do not have', () => {
    expect(borderMethodFor('join', 'area', null)).toBe('join');
    expect(borderMethodFor('join', 'area', readFilter('areaUm2 > 1 and confidence > 0.5'))).toBe('join');
    expect(borderMethodFor('join', 'area', readFilter('areaUm2 > 1 and solidity > 0.5'))).toBe('weight');
    expect(borderMethodFor('join', 'feretMax', null)).toBe('weight');
    expect(borderMethodFor('exclude', 'feretMax', null)).toBe('exclude');
  });

  it('keeps the weights of particles that pass', () => {
    // A box of 50 x 25 um lies whole in a field of 100 x 50 at 50 * 25 of 5000 places, so each stands for 4.
    const tile = tileOf([4, 6]);
    const wide = { ...tile, boxWidthUm: Float64Array.of(0, 50), boxHeightUm: Float64Array.of(0, 25) };
    const { all, border, filter } = published([wide], 'solidity > 0.1', { border: 'join' });
    expect(border.method).toBe('weight');
    // (4 + 4 * 6) / 5 = 5.6
    expect(all.diameterEquivalentUm?.mean.value).toBeCloseTo(5.6, 9);
    expect(filter?.particlesLeftOut).toBe(0);
  });
});
