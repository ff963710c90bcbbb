/** Items of one sample, and how many of them do not conform. */
export interface SampleOfItems {
  readonly nonconforming: number;
  /** Over 0. */
  readonly total: number;
}

export interface ControlLimits {
  /** The share of all items of all samples. */
  readonly centre: number;
  /** Of each sample: wider for a smaller one. */
  readonly limits: readonly { readonly low: number; readonly high: number }[];
}

/** Expected range of two draws from a normal distribution, over its standard deviation (Montgomery, d2 of n = 2). */
const RANGE_OF_TWO = 1.128;

/**
 * The centre line and 3-sigma limits of a p chart with samples of different sizes: p' +- 3 s sqrt(p' (1 - p') / n_i),
 * kept between 0 and 1 (Montgomery, Introduction to Statistical Quality Control, 7.3.2).
 *
 * s is how much more the samples vary from one to the next than independent items would, mean |z_i - z_(i-1)| / 1.128 (Laney,
 * Improved control charts for attributes, Quality Engineering 14 (2002) 531), at least 1: particles of one tile resemble
 * each other, and powders differ, so with thousands of particles nearly every sample would lie outside without it.
 */
export function controlLimits(samples: readonly SampleOfItems[]): ControlLimits {
  const total = samples.reduce((sum, sample) => sum + sample.total, 0);
  const centre = total === 0 ? 0 : samples.reduce((sum, { nonconforming }) => sum + nonconforming, 0) / total;
  const errors = samples.map((sample) => Math.sqrt((centre * (1 - centre)) / sample.total));
  const spread = spreadBetween(
    samples.map((sample, i) => (sample.nonconforming / sample.total - centre) / (errors[i]! || 1)),
  );
  const limits = errors.map((error) => {
    const reach = 3 * spread * error;
    return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
  });
  return { centre, limits };
}

/** The centre line and reach of an individuals chart: mean +- 3 mean |x_i - x_(i-1)| / 1.128 (Montgomery, 6.4). */
export function individualLimits(values: readonly number[]): {
  readonly centre: number;
  readonly reach: number;
} {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { centre, reach: 3 * deviationBetween(values) };
}

function spreadBetween(scores: readonly number[]): number {
  return scores.length < 2 ? 1 : Math.max(1, deviationBetween(scores));
}

/** By the mean range from one to the next; at least two. */
function deviationBetween(values: readonly number[]): number {
  const ranges = values.slice(1).map((value, i) => Math.abs(value - values[i]!));
  const mean = ranges.reduce((sum, range) => sum + range, 0) / ranges.length;
  return mean / RANGE_OF_TWO;
}
