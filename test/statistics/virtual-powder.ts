import type { JoinableParticles } from '../../src/grid/particle-pieces.ts';
import { type RandomBelow, seededRandom } from '../../src/statistics/numeric/random.ts';
import { runStatistics } from '../../src/statistics/run-statistics.ts';
import type { Estimate, GroupStatistics } from '../../src/statistics/size-statistics.ts';
import { runOf, tileOfAreas } from './tiles.ts';

/*
 * A virtual powder whose tiles differ: ln(area) = tile's shift + particle's own, both normal with standard
 * deviation 0.4. Areas are log-normal with the deviation s = 0.4 sqrt(2) around the median 1: mean exp(s^2 / 2),
 * D10 and D90 exp(-+ 1.28155 s). Diameters have s / 2 around 2 / sqrt(pi); by volume their median is exp(3 (s / 2)^2)
 * times that (Hatch and Choate 1929).
 */
export const spread = 0.4;
const s = spread * Math.SQRT2;
const truths = {
  mean: Math.exp(s ** 2 / 2),
  d10: Math.exp(-1.28155 * s),
  d50: 1,
  d90: Math.exp(1.28155 * s),
  byVolumeD50: (2 / Math.sqrt(Math.PI)) * Math.exp(3 * (s / 2) ** 2),
};
export const particlesPerTile = 12;

function normal(randomBelow: RandomBelow): number {
  // Box and Muller; half a step above 0 keeps the logarithm finite.
  const uniform = () => (randomBelow(2 ** 32) + 0.5) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function virtualSample(randomBelow: RandomBelow, tilesPerSample: number): JoinableParticles[] {
  return Array.from({ length: tilesPerSample }, () => {
    const shift = spread * normal(randomBelow);
    const areas = Array.from({ length: particlesPerTile }, () =>
      Math.exp(shift + spread * normal(randomBelow)),
    );
    return tileOfAreas(...areas);
  });
}

function figuresOf({ areaUm2, diameterByVolumeUm }: GroupStatistics): Record<keyof typeof truths, Estimate> {
  const { mean, d10, d50, d90 } = areaUm2!;
  return { mean, d10, d50, d90, byVolumeD50: diameterByVolumeUm!.d50 };
}

export const figures = [
  'mean',
  'd10',
  'd50',
  'd90',
  'byVolumeD50',
] as const satisfies (keyof typeof truths)[];

/** The share of virtual samples whose interval holds the truth, for each figure, and the mean's average width. */
export function coverage(
  samples: number,
  tilesPerSample: number,
  arrange: (tiles: JoinableParticles[]) => JoinableParticles[] = (tiles) => tiles,
) {
  const randomBelow = seededRandom(20);
  const held = { mean: 0, d10: 0, d50: 0, d90: 0, byVolumeD50: 0 };
  let width = 0;
  for (let sample = 0; sample < samples; sample++) {
    const tiles = arrange(virtualSample(randomBelow, tilesPerSample));
    const options = { resamples: 200, seed: sample, classesPerDecade: 5, visible: null };
    const estimates = figuresOf(runStatistics(runOf(tiles), options).all);
    for (const figure of figures) {
      const { low95, high95 } = estimates[figure];
      if (low95! <= truths[figure] && truths[figure] <= high95!) held[figure] += 1 / samples;
    }
    width += (estimates.mean.high95! - estimates.mean.low95!) / samples;
  }
  return { held, width };
}
