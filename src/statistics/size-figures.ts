import { percentileOfCounted, percentileOfWeighted } from './percentile.ts';
import type { SizeGroup } from './size-group.ts';

/** Every figure of a group that gets a confidence interval. */
export interface SizeFigures {
  readonly areaMean: number;
  readonly areaD10: number;
  readonly areaD50: number;
  readonly areaD90: number;
  readonly diameterMean: number;
  readonly diameterD10: number;
  readonly diameterD50: number;
  readonly diameterD90: number;
  readonly diameterSauter: number;
  readonly diameterByAreaD10: number;
  readonly diameterByAreaD50: number;
  readonly diameterByAreaD90: number;
}

/** Working memory that resamples share, as long as the group. */
export interface Cumulated {
  readonly count: Int32Array;
  readonly areaUm2: Float64Array;
}

export function cumulatedFor(group: SizeGroup): Cumulated {
  const length = group.areaUm2.length;
  return { count: new Int32Array(length), areaUm2: new Float64Array(length) };
}

/**
 * The figures with every tile's particles counted as often as its weight says: all 1 for the run itself, the
 * number of times a tile was drawn for a resample. Null when no particle is left.
 *
 * Sauter diameter D[3,2] = M_3,0 / M_2,0 (ISO 9276-2) = sum d^3 / sum d^2. As d^2 is proportional to the
 * area, it is the area-weighted mean of the diameters, and one pass over the sorted sizes gives everything.
 */
export function sizeFigures(group: SizeGroup, weights: Int32Array, cumulated: Cumulated): SizeFigures | null {
  const { areaUm2, diameterUm, tile } = group;
  let count = 0;
  let areaSum = 0;
  let diameterSum = 0;
  let diameterByAreaSum = 0;
  for (let place = 0; place < areaUm2.length; place++) {
    const weight = weights[tile[place]!]!;
    const area = weight * areaUm2[place]!;
    const diameter = diameterUm[place]!;
    count += weight;
    areaSum += area;
    diameterSum += weight * diameter;
    diameterByAreaSum += area * diameter;
    cumulated.count[place] = count;
    cumulated.areaUm2[place] = areaSum;
  }
  if (count === 0) return null;

  const byNumber = (sizes: Float64Array, fraction: number) =>
    percentileOfCounted(sizes, cumulated.count, fraction);
  const byArea = (fraction: number) => percentileOfWeighted(diameterUm, cumulated.areaUm2, fraction);
  return {
    areaMean: areaSum / count,
    areaD10: byNumber(areaUm2, 0.1),
    areaD50: byNumber(areaUm2, 0.5),
    areaD90: byNumber(areaUm2, 0.9),
    diameterMean: diameterSum / count,
    diameterD10: byNumber(diameterUm, 0.1),
    diameterD50: byNumber(diameterUm, 0.5),
    diameterD90: byNumber(diameterUm, 0.9),
    diameterSauter: diameterByAreaSum / areaSum,
    diameterByAreaD10: byArea(0.1),
    diameterByAreaD50: byArea(0.5),
    diameterByAreaD90: byArea(0.9),
  };
}
