import { percentile } from '../../statistics/numeric/percentile.ts';

export interface Sizes {
  readonly areaMean: number;
  /** Percentiles of the equivalent circular diameter, every particle counted once. */
  readonly d10: number;
  readonly d50: number;
  readonly d90: number;
}

/** Signed relative errors, (predicted - true) / true: 0.1 is 10 % too large. */
export type SizeError = Sizes;

/**
 * How far the predicted sizes are off, in one image or over many taken together. The unit cancels.
 *
 * @param truthAreas areas over 0, in any unit; both lists in the same one.
 * @returns null where one of the lists is empty: no particles are no size of zero.
 */
export function sizeError(
  truthAreas: readonly number[],
  predictedAreas: readonly number[],
): SizeError | null {
  if (truthAreas.length === 0 || predictedAreas.length === 0) return null;
  const truth = sizesOf(truthAreas);
  const predicted = sizesOf(predictedAreas);
  const relative = (of: (sizes: Sizes) => number) => (of(predicted) - of(truth)) / of(truth);
  return {
    areaMean: relative(({ areaMean }) => areaMean),
    d10: relative(({ d10 }) => d10),
    d50: relative(({ d50 }) => d50),
    d90: relative(({ d90 }) => d90),
  };
}

/** Equivalent circular diameter x_A = sqrt(4 A / pi), ISO 9276-6; percentiles of definition 7 of Hyndman & Fan. */
export function sizesOf(areas: readonly number[]): Sizes {
  const diameters = Float64Array.from(areas, (area) => Math.sqrt((4 * area) / Math.PI)).toSorted();
  return {
    areaMean: areas.reduce((sum, area) => sum + area, 0) / areas.length,
    d10: percentile(diameters, 0.1),
    d50: percentile(diameters, 0.5),
    d90: percentile(diameters, 0.9),
  };
}
