import { describe, expect, it } from 'vitest';
import {
  createDiameterSource,
  lithiumCobaltOxideSizes,
} from '../../../src/simulator/powder/size-distribution.ts';
import { createRandom } from '../../../src/simulator/random.ts';

/** Moments of the cut log-normal areas by summing the density over ln(area): nothing drawn. */
function statedAreas() {
  if (lithiumCobaltOxideSizes.kind !== 'log-normal') throw new Error('the default is log-normal');
  const sizes = lithiumCobaltOxideSizes;
  const area = (diameterUm: number) => (Math.PI / 4) * diameterUm ** 2;
  const centre = Math.log(area(sizes.diameterMedianUm));
  const spread = 2 * Math.log(sizes.geometricStandardDeviation);
  let [weight, first, second] = [0, 0, 0];
  let mode = { areaUm2: 0, density: 0 };
  for (let ln = Math.log(area(sizes.diameterMinUm)); ln < Math.log(area(sizes.diameterMaxUm)); ln += 0.001) {
    const areaUm2 = Math.exp(ln);
    const share = Math.exp(-(((ln - centre) / spread) ** 2) / 2);
    weight += share;
    first += share * areaUm2;
    second += share * areaUm2 ** 2;
    // The density over area, not over its logarithm: d ln(a) = da / a.
    if (share / areaUm2 > mode.density) mode = { areaUm2, density: share / areaUm2 };
  }
  const meanUm2 = first / weight;
  return { meanUm2, modeUm2: mode.areaUm2, deviationUm2: Math.sqrt(second / weight - meanUm2 ** 2) };
}

describe('the default powder, the paper’s LiCoO2', () => {
  it('states areas with a mean of 31 um2 and a mode of 10 um2', () => {
    expect(statedAreas().meanUm2).toBeCloseTo(31, 1);
    expect(statedAreas().modeUm2).toBeCloseTo(10, 1);
  });

  it('draws 5,000 particles whose mean area is the stated one within sampling error', () => {
    const { meanUm2, deviationUm2 } = statedAreas();
    const next = createDiameterSource(lithiumCobaltOxideSizes, createRandom(11));
    let sumUm2 = 0;
    for (let i = 0; i < 5000; i += 1) sumUm2 += (Math.PI / 4) * next() ** 2;
    expect(Math.abs(sumUm2 / 5000 - meanUm2)).toBeLessThan((4 * deviationUm2) / Math.sqrt(5000));
  });

  it('never draws a diameter beyond its ends', () => {
    const next = createDiameterSource(lithiumCobaltOxideSizes, createRandom(2));
    const diametersUm = Array.from({ length: 5000 }, next);
    expect(Math.min(...diametersUm)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...diametersUm)).toBeLessThanOrEqual(16);
  });
});

describe('a list of diameters', () => {
  it('gives each in turn, then starts over', () => {
    const next = createDiameterSource({ kind: 'list', diametersUm: [3, 5] }, createRandom(1));
    expect([next(), next(), next()]).toEqual([3, 5, 3]);
  });

  it('is refused when empty or when it holds no size', () => {
    const source = (diametersUm: number[]) => () =>
      createDiameterSource({ kind: 'list', diametersUm }, createRandom(1));
    expect(source([])).toThrow('diametersUm holds nothing');
    expect(source([3, -2])).toThrow('diametersUm holds -2');
  });
});

it('refuses a median outside its ends, with the three values', () => {
  const sizes = { ...lithiumCobaltOxideSizes, kind: 'log-normal', diameterMedianUm: 20 } as const;
  const range = { geometricStandardDeviation: 1.5, diameterMinUm: 1, diameterMaxUm: 16 };
  expect(() => createDiameterSource({ ...sizes, ...range }, createRandom(1))).toThrow(
    'diameterMedianUm is 20, expected within diameterMinUm 1 and diameterMaxUm 16',
  );
});
