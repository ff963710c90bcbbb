import { percentile } from './percentile.ts';

/** Between which values something is not out of the ordinary. */
export interface RobustLimits {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Of a normal distribution the median absolute deviation times this is the standard deviation: 1 / z(3/4). */
const TO_SIGMA = 1.4826;
/** Beyond so many robust standard deviations lies an outlier (Iglewicz and Hoaglin 1993). */
const SIGMAS = 3.5;

/**
 * Limits that outliers themselves do not move: the median, and to either side 3.5 x 1.4826 times the median absolute
 * deviation of the values on that side, so that a skewed distribution has its longer tail (Rousseeuw and Croux 1993,
 * doi:10.1080/01621459.1993.10476408, on the MAD). Of normal values one in 2,000 lies outside.
 *
 * @param values at least one, in any order.
 * @returns infinite to a side where half the values are the median itself: nothing tells how far they spread.
 */
export function robustLimits(values: readonly number[]): RobustLimits {
  const median = percentile(Float64Array.from(values).sort(), 0.5);
  const reachOf = (side: readonly number[]): number => {
    const deviation = percentile(Float64Array.from(side, (value) => Math.abs(value - median)).sort(), 0.5);
    return deviation === 0 ? Number.POSITIVE_INFINITY : SIGMAS * TO_SIGMA * deviation;
  };
  return {
    median,
    low: median - reachOf(values.filter((value) => value <= median)),
    high: median + reachOf(values.filter((value) => value >= median)),
  };
}

/** How far outside a value lies, in reaches of its side: over 1 for an outlier, 0 at the median. */
export function distanceOut(value: number, { median, low, high }: RobustLimits): number {
  return value < median ? (median - value) / (median - low) : (value - median) / (high - median);
}
