import { percentileOfCounted, percentileOfWeighted } from './numeric/percentile.ts';
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
  readonly diameterQuadratic: number;
  readonly diameterSauter: number;
  readonly diameterDeBrouckere: number;
  readonly diameterByAreaD10: number;
  readonly diameterByAreaD50: number;
  readonly diameterByAreaD90: number;
  readonly diameterByVolumeD10: number;
  readonly diameterByVolumeD50: number;
  readonly diameterByVolumeD90: number;
  readonly geometricMean: number;
  readonly geometricStandardDeviation: number;
}

/** Working memory that resamples share: for each place of the group, what lies up to and with it. */
export interface Cumulated {
  readonly number: Float64Array;
  readonly area: Float64Array;
  readonly volume: Float64Array;
}

export function cumulatedFor(group: SizeGroup): Cumulated {
  const { length } = group.areaUm2;
  return {
    number: new Float64Array(length),
    area: new Float64Array(length),
    volume: new Float64Array(length),
  };
}

/**
 * The figures where every particle counts with its weight, times how often its tile counts: all 1 for the run
 * itself, the number of times a tile was drawn for a resample. Null when no particle is left.
 *
 * Means are moment ratios of the number distribution (ISO 9276-2): D[p,q] = (sum d^p / sum d^q)^(1/(p-q)). As
 * d^2 is proportional to the projected area and d^3 to that times d, one pass over the sorted sizes gives
 * everything.
 *
 * @param timesDrawn one entry a tile.
 */
export function sizeFigures(
  group: SizeGroup,
  timesDrawn: Int32Array,
  cumulated: Cumulated,
): SizeFigures | null {
  const { areaUm2, diameterUm } = group;
  const sums = cumulate(group, timesDrawn, cumulated);
  if (sums.number === 0) return null;
  const byNumber = (sizes: Float64Array, fraction: number) =>
    percentileOfCounted(sizes, cumulated.number, fraction);
  const byArea = (fraction: number) => percentileOfWeighted(diameterUm, cumulated.area, fraction);
  const byVolume = (fraction: number) => percentileOfWeighted(diameterUm, cumulated.volume, fraction);
  const areaMean = sums.area / sums.number;
  const logMean = sums.log / sums.number;
  const logVariance = sums.logSquare / sums.number - logMean ** 2;
  return {
    areaMean,
    areaD10: byNumber(areaUm2, 0.1),
    areaD50: byNumber(areaUm2, 0.5),
    areaD90: byNumber(areaUm2, 0.9),
    diameterMean: sums.diameter / sums.number,
    diameterD10: byNumber(diameterUm, 0.1),
    diameterD50: byNumber(diameterUm, 0.5),
    diameterD90: byNumber(diameterUm, 0.9),
    diameterQuadratic: Math.sqrt((4 * areaMean) / Math.PI),
    diameterSauter: sums.volume / sums.area,
    diameterDeBrouckere: sums.volumeTimesDiameter / sums.volume,
    diameterByAreaD10: byArea(0.1),
    diameterByAreaD50: byArea(0.5),
    diameterByAreaD90: byArea(0.9),
    diameterByVolumeD10: byVolume(0.1),
    diameterByVolumeD50: byVolume(0.5),
    diameterByVolumeD90: byVolume(0.9),
    geometricMean: Math.exp(logMean),
    geometricStandardDeviation: Math.exp(Math.sqrt(Math.max(0, logVariance))),
  };
}

/** Fills the working memory; volumes are area times diameter, as constant factors cancel. */
function cumulate(group: SizeGroup, timesDrawn: Int32Array, to: Cumulated) {
  const { areaUm2, diameterUm, diameterLog, tile, weight } = group;
  let number = 0;
  let diameter = 0;
  let area = 0;
  let volume = 0;
  let volumeTimesDiameter = 0;
  let log = 0;
  let logSquare = 0;
  for (let place = 0; place < areaUm2.length; place++) {
    const times = timesDrawn[tile[place]!]!;
    if (times > 0) {
      const counts = times * weight[place]!;
      const size = diameterUm[place]!;
      const ownArea = counts * areaUm2[place]!;
      const ownVolume = ownArea * size;
      const ownLog = diameterLog[place]!;
      number += counts;
      diameter += counts * size;
      area += ownArea;
      volume += ownVolume;
      volumeTimesDiameter += ownVolume * size;
      log += counts * ownLog;
      logSquare += counts * ownLog * ownLog;
    }
    to.number[place] = number;
    to.area[place] = area;
    to.volume[place] = volume;
  }
  return { number, diameter, area, volume, volumeTimesDiameter, log, logSquare };
}
