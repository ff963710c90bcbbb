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

/**
 * The centre line and 3-sigma limits of a p chart with samples of different sizes: p' +- 3 sqrt(p' (1 - p') / n_i),
 * kept between 0 and 1 (Montgomery, Introduction to Statistical Quality Control, 7.3.2).
 *
 * It takes items as independent. Particles of one tile resemble each other, so a point just outside calls for a
 * look, not for a conclusion.
 */
export function controlLimits(samples: readonly SampleOfItems[]): ControlLimits {
  const total = samples.reduce((sum, sample) => sum + sample.total, 0);
  const centre = total === 0 ? 0 : samples.reduce((sum, { nonconforming }) => sum + nonconforming, 0) / total;
  const limits = samples.map((sample) => {
    const reach = 3 * Math.sqrt((centre * (1 - centre)) / sample.total);
    return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
  });
  return { centre, limits };
}
