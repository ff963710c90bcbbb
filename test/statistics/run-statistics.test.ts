import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JoinableParticles } from '../../src/grid/particle-pieces.ts';
import { type RunStatisticsOptions, runStatistics } from '../../src/statistics/run-statistics.ts';
import type { Estimate, GroupStatistics } from '../../src/statistics/size-statistics.ts';
import { anyTiles, runOf, tileOfAreas, tileOfDiameters, tileWith } from './tiles.ts';

const options: RunStatisticsOptions = {
  resamples: 200,
  seed: 1,
  classesPerDecade: 10,
  visible: null,
};

const methods = ['weight', 'exclude', 'include'] as const;

function statisticsOf(tiles: readonly JoinableParticles[], changed: Partial<RunStatisticsOptions> = {}) {
  return runStatistics(runOf(tiles), { ...options, ...changed });
}

describe('the areas 1 to 9 um2 in one tile', () => {
  const { all, tiles } = statisticsOf([tileOfAreas(9, 1, 8, 2, 7, 3, 6, 4, 5)]);

  it('have mean 5, median 5, D10 1.8 and D90 8.2', () => {
    expect(tiles).toBe(1);
    expect(all.count).toBe(9);
    expect(all.areaUm2?.mean.value).toBe(5);
    expect(all.areaUm2?.d50.value).toBe(5);
    expect(all.areaUm2?.d10.value).toBeCloseTo(1.8, 12);
    expect(all.areaUm2?.d90.value).toBeCloseTo(8.2, 12);
  });

  it('spread by sqrt(60 / 8) around the mean, 1.28 medians between D10 and D90', () => {
    expect(all.areaUm2?.standardDeviation).toBeCloseTo(Math.sqrt(7.5), 12);
    expect(all.areaUm2?.span).toBeCloseTo((8.2 - 1.8) / 5, 12);
    expect(all.areaUm2?.smallest).toBe(1);
    expect(all.areaUm2?.largest).toBe(9);
  });

  it('have no interval, as one tile does not tell how tiles differ', () => {
    for (const estimate of estimatesOf(all)) {
      expect(estimate).toMatchObject({ low95: null, high95: null });
    }
  });
});

describe('diameters', () => {
  it('of 1 and 2 um have the Sauter diameter (1 + 8) / (1 + 4)', () => {
    const { all } = statisticsOf([tileOfDiameters(1, 2)]);
    expect(all.diameterMeansUm?.sauter.value).toBeCloseTo(1.8, 12);
    // D[2,0] = sqrt((1 + 4) / 2), D[4,3] = (1 + 16) / (1 + 8).
    expect(all.diameterMeansUm?.quadratic.value).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(all.diameterMeansUm?.deBrouckere.value).toBeCloseTo(17 / 9, 12);
    expect(all.diameterEquivalentUm?.mean.value).toBeCloseTo(1.5, 12);
  });

  it('of 1, 2 and 3 um have the median 2 by number and 3 by area', () => {
    // Areas in proportion 1 : 4 : 9; half of 14 is reached at 3, a tenth at 2.
    const { all } = statisticsOf([tileOfDiameters(1, 2, 3)]);
    expect(all.diameterEquivalentUm?.d50.value).toBeCloseTo(2, 12);
    expect(all.diameterByAreaUm?.d50.value).toBeCloseTo(3, 12);
    expect(all.diameterByAreaUm?.d10.value).toBeCloseTo(2, 12);
  });
});

describe('groups', () => {
  const tiles = [
    tileWith([
      { areaUm2: 1, certain: true },
      { areaUm2: 2, certain: false },
      { areaUm2: 50, certain: true, touchesBorder: true },
    ]),
    tileWith([{ areaUm2: 3, certain: true }]),
  ];

  it('split all particles into certain and uncertain', () => {
    const { all, certain, uncertain } = statisticsOf(tiles);
    expect([all.count, certain.count, uncertain.count]).toEqual([4, 3, 1]);
    expect(all.areaUm2?.mean.value).toBe(14);
    expect(certain.areaUm2?.mean.value).toBe(18);
    expect(uncertain.areaUm2?.mean.value).toBe(2);
  });

  it('leave out border particles when asked, and count them either way', () => {
    const without = runStatistics(runOf(tiles, 'exclude'), options);
    expect(without.all.count).toBe(3);
    expect(without.all.areaUm2?.mean.value).toBe(2);
    expect(without.border).toMatchObject({ method: 'exclude', cut: 1, diameterD50Shift: 0 });
    expect(statisticsOf(tiles).border).toMatchObject({ method: 'include', cut: 1 });
  });

  it('without a particle have no distribution rather than zeros', () => {
    const { certain } = statisticsOf([tileWith([{ areaUm2: 2, certain: false }])]);
    expect(certain).toEqual({
      count: 0,
      areaUm2: null,
      diameterEquivalentUm: null,
      diameterMeansUm: null,
      diameterByAreaUm: null,
      diameterByVolumeUm: null,
      logNormal: null,
    });
  });

  it('are all empty in a run without tiles', () => {
    const { tiles: count, all, certain, uncertain } = statisticsOf([]);
    expect([count, all.count, certain.count, uncertain.count]).toEqual([0, 0, 0, 0]);
    expect(all.areaUm2).toBeNull();
  });
});

describe('intervals', () => {
  it('have no width when all tiles are alike', () => {
    const { all } = statisticsOf(Array(5).fill(tileOfAreas(1, 2, 4, 8)));
    for (const { value, low95, high95 } of estimatesOf(all)) {
      expect(low95).toBeCloseTo(value, 12);
      expect(high95).toBeCloseTo(value, 12);
    }
  });

  it('of two tiles that differ are wide, as two tell little', () => {
    // Means 1, 2 and 3 in resamples; t_{0.975, 1} = 12.7 errors of the logarithm are far more than a factor of 10.
    const { all } = statisticsOf([tileOfAreas(1, 1), tileOfAreas(3, 3)]);
    expect(all.areaUm2?.mean.value).toBe(2);
    expect(all.areaUm2?.mean.high95).toBeGreaterThan(20);
    expect(all.areaUm2?.mean.low95).toBeLessThan(0.2);
  });

  it('are there although most tiles are empty', () => {
    // 0.8^10 = 11 % of the resamples hold no particle at all.
    const tiles = [tileOfAreas(1), tileOfAreas(3), ...Array(8).fill(tileOfAreas())];
    const { tiles: count, all } = statisticsOf(tiles);
    expect(count).toBe(10);
    expect(all.areaUm2?.mean.low95).toBeLessThan(2);
    expect(all.areaUm2?.mean.high95).toBeGreaterThan(2);
  });

  it('are missing for a group that only one of the tiles holds', () => {
    const tiles = [tileWith([{ areaUm2: 1 }, { areaUm2: 5, certain: false }]), tileOfAreas(7)];
    const { all, uncertain } = statisticsOf(tiles);
    expect(all.areaUm2?.mean.low95).not.toBeNull();
    expect(uncertain.areaUm2?.mean).toEqual({ value: 5, low95: null, high95: null });
  });

  it('are missing without resamples', () => {
    const { all } = statisticsOf([tileOfAreas(1), tileOfAreas(3)], { resamples: 0 });
    expect(all.areaUm2?.mean).toEqual({ value: 2, low95: null, high95: null });
  });

  it('come out the same with the same seed and differ with another', () => {
    const tiles = Array.from({ length: 12 }, (_, index) => tileOfAreas(1 + index, 2 + 3 * index));
    const first = statisticsOf(tiles);
    expect(statisticsOf(tiles)).toEqual(first);
    expect(statisticsOf(tiles, { seed: 2 })).not.toEqual(first);
  });
});

describe('any run', () => {
  it('has its figures in order and every particle in one group and one class', () => {
    fc.assert(
      fc.property(anyTiles, fc.constantFrom(...methods), (tiles, method) => {
        const statistics = runStatistics(runOf(tiles, method), { ...options, resamples: 20 });
        const { all, certain, uncertain, border } = statistics;
        const particles = tiles.reduce((sum, tile) => sum + tile.areaUm2.length, 0);
        expect(all.count).toBe(method === 'include' ? particles : particles - border.cut);
        expect(certain.count + uncertain.count).toBe(all.count);
        for (const group of [all, certain, uncertain]) expectConsistent(group);
      }),
    );
  });

  it('has sizes in proportion to the scale', () => {
    fc.assert(
      fc.property(anyTiles, (tiles) => {
        const doubled = tiles.map((tile) => ({ ...tile, areaUm2: tile.areaUm2.map((area) => 4 * area) }));
        const [one, other] = [tiles, doubled].map((run) => statisticsOf(run, { resamples: 20 }).all);
        if (!one?.areaUm2 || !other?.areaUm2 || !one.diameterMeansUm) return;
        // Sizes are counted to 12 significant digits.
        expect(other.areaUm2.mean.value / one.areaUm2.mean.value).toBeCloseTo(4, 10);
        if (one.areaUm2.mean.low95 !== null && one.areaUm2.mean.low95 > 0) {
          expect(other.areaUm2.mean.low95! / one.areaUm2.mean.low95).toBeCloseTo(4, 6);
        }
        expect(other.diameterMeansUm!.sauter.value / one.diameterMeansUm.sauter.value).toBeCloseTo(2, 10);
      }),
    );
  });
});

describe('what cannot be used', () => {
  it('is a run whose columns differ in length', () => {
    const { particles, ...rest } = runOf([tileOfAreas(1, 2)]);
    const ragged = { ...rest, particles: { ...particles, certain: new Uint8Array(1) } };
    expect(() => runStatistics(ragged, options)).toThrow('2 areas, 2 weights, 2 tiles, 1 certain');
  });

  it.each([0, -1, Number.NaN])('is an area of %f', (area) => {
    expect(() => statisticsOf([tileOfAreas(1, area)])).toThrow(/particle 1 has an area of/);
  });

  it.each([
    ['resamples', { resamples: -1 }],
    ['seed', { seed: 0.5 }],
    ['classesPerDecade', { classesPerDecade: 0 }],
  ])('is an option %s that is out of range', (name, wrong) => {
    expect(() => statisticsOf([], { ...wrong })).toThrow(name);
  });
});

function estimatesOf(group: GroupStatistics): Estimate[] {
  const { areaUm2, diameterEquivalentUm, diameterMeansUm, diameterByAreaUm, diameterByVolumeUm, logNormal } =
    group;
  if (!areaUm2 || !diameterEquivalentUm || !diameterMeansUm || !diameterByAreaUm) return [];
  if (!diameterByVolumeUm || !logNormal) return [];
  const percentiles = ({ d10, d50, d90 }: Record<'d10' | 'd50' | 'd90', Estimate>) => [d10, d50, d90];
  return [
    areaUm2.mean,
    ...percentiles(areaUm2),
    diameterEquivalentUm.mean,
    ...percentiles(diameterEquivalentUm),
    ...Object.values(diameterMeansUm),
    ...percentiles(diameterByAreaUm),
    ...percentiles(diameterByVolumeUm),
    logNormal.geometricMeanUm,
    logNormal.geometricStandardDeviation,
  ];
}

function expectConsistent(group: GroupStatistics): void {
  expect(estimatesOf(group)).toHaveLength(group.count === 0 ? 0 : 19);
  for (const { low95, high95 } of estimatesOf(group)) {
    expect(low95 === null).toBe(high95 === null);
    expect(low95 ?? 0).toBeLessThanOrEqual(high95 ?? 0);
  }
  for (const sizes of [group.areaUm2, group.diameterEquivalentUm]) {
    if (sizes === null) continue;
    const ascending = [sizes.smallest, sizes.d10.value, sizes.d50.value, sizes.d90.value, sizes.largest];
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    expect(sizes.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(group.count);
  }
}
