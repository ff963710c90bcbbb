import type { SizeGroup } from '../size-group.ts';
import { normalCdf } from './normal.ts';

/**
 * How far sizes are from the log-normal distribution of their own geometric mean and standard deviation: the
 * largest distance between their weighted cumulative distribution and its, on either side of each step
 * (Kolmogorov's statistic).
 *
 * @returns 0 to 1.
 */
export function distanceToLogNormal(
  { diameterUm, weight }: Pick<SizeGroup, 'diameterUm' | 'weight'>,
  geometricMean: number,
  geometricStandardDeviation: number,
): number {
  const whole = weight.reduce((sum, one) => sum + one, 0);
  const spread = Math.log(geometricStandardDeviation);
  let below = 0;
  let distance = 0;
  for (const [place, diameter] of diameterUm.entries()) {
    const expected = spread === 0 ? 0.5 : normalCdf(Math.log(diameter / geometricMean) / spread);
    const upTo = below + weight[place]! / whole;
    distance = Math.max(distance, Math.abs(expected - below), Math.abs(upTo - expected));
    below = upTo;
  }
  return distance;
}

/**
 * The distance that 95 of 100 samples of a log-normal distribution stay below, where mean and standard deviation are
 * taken from the sample itself: 0.886 / sqrt(n) for n over 30 (Lilliefors 1967, doi:10.1080/01621459.1967.10482916).
 * Weights and likeness within tiles are not in it: it is a little strict.
 */
export function distanceOfChance(particles: number): number {
  return 0.886 / Math.sqrt(particles);
}
