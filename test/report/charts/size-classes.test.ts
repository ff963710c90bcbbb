import { describe, expect, it } from 'vitest';
import { classesPerDecadeFor, markedShares, sizeDensity } from '../../../src/report/charts/size-classes.ts';

/** Spread evenly over one decade: quartiles half a decade apart. */
function overADecade(count: number) {
  const diameterUm = Float64Array.from({ length: count }, (_, i) => 10 ** ((i + 0.5) / count));
  return { diameterUm, added: new Float64Array(count).fill(1) };
}

describe('the classes of a drawn distribution', () => {
  it.each([
    // 2 x 0.5 / cbrt(n) decades a class: n^(1/3) classes a decade, to the nearest of 5, 10, 20, 40 and 80.
    [8, 5],
    [1_000, 10],
    [8_000, 20],
    [64_000, 40],
  ])('of %i particles are as fine as so many allow', (count, perDecade) => {
    expect(classesPerDecadeFor(overADecade(count))).toBe(perDecade);
  });

  it('are as wide as the few particles need that make up nearly all', () => {
    const { diameterUm, added } = overADecade(8_000);
    // Eight weigh a million times as much as the others, evenly over the decade: as good as 8 particles.
    const unequal = added.map((_, i) => (i % 1_000 === 500 ? 1e6 : 1));
    expect(classesPerDecadeFor({ diameterUm, added: unequal })).toBe(5);
  });

  it('are 20 a decade where at least half of the particles are of one size', () => {
    expect(
      classesPerDecadeFor({ diameterUm: Float64Array.of(2, 2, 2, 3), added: new Float64Array(4).fill(1) }),
    ).toBe(20);
  });

  it('have an area of 1 in all', () => {
    const { edgesUm, densities } = sizeDensity(overADecade(1_000));
    const area = densities.reduce(
      (sum, density, i) => sum + density * Math.log10(edgesUm[i + 1]! / edgesUm[i]!),
      0,
    );
    expect(area).toBeCloseTo(1, 12);
    // Evenly over one decade: 1 everywhere.
    expect(Math.min(...densities)).toBeCloseTo(1, 9);
  });

  it('tell which share of each is of some particles, by what they add', () => {
    const sizes = { diameterUm: Float64Array.of(1.5, 1.6, 5), added: Float64Array.of(1, 3, 2) };
    expect(markedShares(sizes, { edgesUm: [1, 2, 4, 8] }, (place) => place === 1)).toEqual([0.75, 0, 0]);
  });
});
