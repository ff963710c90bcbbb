import type { LogNormalSizes } from '../../simulator/powder/size-distribution.ts';
import { normalCdf } from '../../statistics/numeric/normal.ts';
import type { ComparedSizes } from './compared-sizes.ts';

/**
 * The figures of a whole powder, of which an acquisition shows a sample: diameters log-normal, cut off at both ends.
 *
 * With median m, s = ln(geometric standard deviation) and the ends at a and b standard deviations of ln d, the moments
 * are E[d^k] = m^k exp(k^2 s^2 / 2) (P(b - k s) - P(a - k s)) / (P(b) - P(a)), P the normal distribution function,
 * and d weighted by d^r is log-normal again, its logarithm's mean moved by r s^2 (Aitchison and Brown 1957,
 * The Lognormal Distribution, theorem 2.6).
 *
 * @param sizes a geometric standard deviation over 1.
 */
export function sizesOfPowder(sizes: LogNormalSizes): ComparedSizes {
  const mean = momentsOf(sizes);
  const percentile = percentilesOf(sizes);
  return {
    diameterMean: mean(1),
    d10: percentile(0, 0.1),
    d50: percentile(0, 0.5),
    d90: percentile(0, 0.9),
    areaMean: (Math.PI / 4) * mean(2),
    deBrouckere: mean(4) / mean(3),
    d10ByVolume: percentile(3, 0.1),
    d50ByVolume: percentile(3, 0.5),
    d90ByVolume: percentile(3, 0.9),
  };
}

/** E[d^k] of a power k. */
function momentsOf(sizes: LogNormalSizes): (power: number) => number {
  const s = Math.log(sizes.geometricStandardDeviation);
  const share = (power: number) =>
    cdfOf(sizes, power)(sizes.diameterMaxUm) - cdfOf(sizes, power)(sizes.diameterMinUm);
  return (power) =>
    (sizes.diameterMedianUm ** power * Math.exp((power * s) ** 2 / 2) * share(power)) / share(0);
}

/** The diameter up to which a share of the particles lies, each counting its diameter's power; by bisection. */
function percentilesOf(sizes: LogNormalSizes): (power: number, share: number) => number {
  return (power, share) => {
    const cdf = cdfOf(sizes, power);
    const [first, last] = [cdf(sizes.diameterMinUm), cdf(sizes.diameterMaxUm)];
    const target = first + share * (last - first);
    let [low, high] = [sizes.diameterMinUm, sizes.diameterMaxUm];
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (cdf(middle) < target) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
}

/** Distribution function of the diameters before their ends are cut off, weighted by a power of the diameter. */
function cdfOf({ diameterMedianUm, geometricStandardDeviation }: LogNormalSizes, power: number) {
  const s = Math.log(geometricStandardDeviation);
  return (diameterUm: number) => normalCdf(Math.log(diameterUm / diameterMedianUm) / s - power * s);
}
