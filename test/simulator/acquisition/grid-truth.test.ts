import { describe, expect, it } from 'vitest';
import { createCamera } from '../../../src/simulator/acquisition/exposure.ts';
import { acquisitionDefaults, specimenOf } from '../../../src/simulator/acquisition/options.ts';
import { gridBox, planScan } from '../../../src/simulator/acquisition/scan-plan.ts';
import { acquisitionTruth } from '../../../src/simulator/acquisition/truth.ts';

// The paper's 12 x 24 tiles of 80 um x 50 um at 96 x 60 pixels, with a quarter of its powder: 2,000 per mm2.
const specimen = {
  ...specimenOf({ ...acquisitionDefaults, folder: '', widthPx: 96, heightPx: 60 }),
  amount: { kind: 'density', particlesPerMm2: 2000 },
} as const;
const { grid } = specimen;

const camera = createCamera(specimen);
const written = planScan(grid).map((tile) => {
  const exposure = {
    ...tile,
    file: '',
    sampleLabel: 'LiCoO2',
    seed: 1,
    zoom: 1,
    writing: 'whole' as const,
  };
  const { pixels: _, ...shown } = camera.expose(exposure);
  return { ...exposure, ...shown };
});
const { sizeDistribution } = specimen;
const labels = { sampleLabel: 'LiCoO2', instrumentId: '', seed: 1, faults: [], sizeDistribution };
const truth = acquisitionTruth(labels, grid, written);
const box = gridBox(grid);
const centred = truth.particles.filter(
  ({ centreUm: { x, y } }) => x >= box.left && x < box.right && y > box.bottom && y <= box.top,
);

describe('the truth of a rendered 12 x 24 grid', () => {
  it('has as many particles as the powder’s density, give or take chance', () => {
    // 1,920 um x 600 um at 2,000 per mm2: 2,304, with a deviation of at most 48. What lies wholly under
    // another particle is in no picture: under 1 %.
    expect(Math.abs(centred.length - 2304)).toBeLessThan(4 * 48 + 23);
  });

  it('has the input’s mean area and mode within the sampling error', () => {
    const areas = centred.map((particle) => particle.areaUm2);
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
    const deviation = Math.sqrt(areas.reduce((sum, area) => sum + (area - mean) ** 2, 0) / areas.length);
    // The paper's mean of 31 um2; four standard errors.
    expect(Math.abs(mean - 31)).toBeLessThan((4 * deviation) / Math.sqrt(areas.length));
    const classes = [0, 5, 10, 15, 20, 40].map((low, at, lows) => {
      const high = lows[at + 1] ?? Infinity;
      return areas.filter((area) => area >= low && area < high).length / (high - low);
    });
    // The density of areas peaks at 10 um2: the classes on both sides of it are the fullest.
    const fullest = classes.indexOf(Math.max(...classes));
    expect([1, 2]).toContain(fullest);
    expect(Math.max(...areas)).toBeLessThanOrEqual((Math.PI / 4) * 16 ** 2 * (1 + 1e-9));
  });

  it('has the input’s whole distribution (Kolmogorov and Smirnov)', () => {
    const { diameterMedianUm, geometricStandardDeviation } = specimen.sizeDistribution as {
      diameterMedianUm: number;
      geometricStandardDeviation: number;
    };
    const logs = centred.map(
      ({ diameterEquivalentUm }) =>
        Math.log(diameterEquivalentUm / diameterMedianUm) / Math.log(geometricStandardDeviation),
    );
    const sorted = logs.toSorted((one, other) => one - other);
    // The cut at 16 um: ln(16 / 5.288) / ln(1.558) = 2.497 standard deviations.
    const all = gaussianShare(2.497);
    const distance = sorted.reduce(
      (most, z, at) => Math.max(most, Math.abs((at + 0.5) / sorted.length - gaussianShare(z) / all)),
      0,
    );
    // At a significance of 0.1 % the critical distance is 1.95 / sqrt(n).
    expect(distance).toBeLessThan(1.95 / Math.sqrt(sorted.length));
  });

  it('shows, tile by tile, the area that it states', () => {
    // Particles that some tile shows whole and nothing hides: at 7.2 pixels across the median one, pixel
    // counting scatters by some percent each, and evens out over hundreds of them.
    const free = truth.particles.filter((particle) => particle.wholeInATile && !particle.partlyHidden);
    expect(free.length).toBeGreaterThan(1000);
    const shown = free.reduce((sum, { visibleFraction }) => sum + visibleFraction, 0) / free.length;
    // A share over 1 is counted as 1, so scatter costs a little.
    expect(shown).toBeGreaterThan(0.96);
  });
});

/** The standard normal distribution function, by integrating its density in steps of 0.001. */
function gaussianShare(z: number): number {
  const steps = 2000;
  const width = z / steps;
  let sum = 0;
  for (let i = 0; i < steps; i += 1) sum += Math.exp(-(((i + 0.5) * width) ** 2) / 2);
  return 0.5 + (sum * width) / Math.sqrt(2 * Math.PI);
}
