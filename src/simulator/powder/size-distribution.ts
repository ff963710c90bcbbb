import type { Random } from '../random.ts';

export interface LogNormalSizes {
  readonly kind: 'log-normal';
  /** Median and geometric standard deviation before the ends are cut off. */
  readonly diameterMedianUm: number;
  readonly geometricStandardDeviation: number;
  readonly diameterMinUm: number;
  readonly diameterMaxUm: number;
}

/** Equivalent diameters (x_A) of a powder, by number. */
export type SizeDistribution =
  | LogNormalSizes
  /** Two powders mixed: the share of the particles that the second one gives. */
  | {
      readonly kind: 'bimodal';
      readonly first: LogNormalSizes;
      readonly second: LogNormalSizes;
      readonly secondShare: number;
    }
  /** These diameters in turn, over and over: as many particles as entries gives each exactly once. */
  | { readonly kind: 'list'; readonly diametersUm: readonly number[] };

/**
 * The paper's LiCoO2: areas with their mode at 10 um2, their mean at 31 um2 and a tail to 200 um2.
 *
 * With ln(area) normal of median m and standard deviation s, and the area cut at b = pi/4 (16 um)^2:
 *   mode = m exp(-s^2) = 10 um2
 *   mean = m exp(s^2 / 2) P(z - s) / P(z) = 31 um2,  z = ln(b / m) / s,  P the normal distribution function
 * give s = 0.887 and m = 21.96 um2. Since area goes with diameter squared, the diameter's median is
 * sqrt(4 m / pi) = 5.288 um and its geometric standard deviation exp(s / 2) = 1.558.
 * The lower cut at 1 um lies 3.8 s below the median and changes nothing.
 */
export const lithiumCobaltOxideSizes: LogNormalSizes = {
  kind: 'log-normal',
  diameterMedianUm: 5.288,
  geometricStandardDeviation: 1.558,
  diameterMinUm: 1,
  diameterMaxUm: 16,
};

/**
 * The diameters of one particle after another.
 * @throws RangeError when the distribution describes no size.
 */
export function createDiameterSource(sizes: SizeDistribution, random: Random): () => number {
  switch (sizes.kind) {
    case 'list':
      return listed(sizes.diametersUm);
    case 'bimodal':
      return bimodal(sizes, random);
    case 'log-normal':
      return logNormal(sizes, random);
  }
}

/** The largest diameter that a powder can hold. */
export function diameterLargestUm(sizes: SizeDistribution): number {
  switch (sizes.kind) {
    case 'list':
      return sizes.diametersUm.reduce((largest, um) => Math.max(largest, um), 0);
    case 'bimodal':
      return Math.max(sizes.first.diameterMaxUm, sizes.second.diameterMaxUm);
    case 'log-normal':
      return sizes.diameterMaxUm;
  }
}

function bimodal(sizes: SizeDistribution & { kind: 'bimodal' }, random: Random): () => number {
  const { first, second, secondShare } = sizes;
  if (!(secondShare >= 0 && secondShare <= 1)) {
    throw new RangeError(`secondShare is ${secondShare}, expected 0 to 1`);
  }
  const [one, other] = [logNormal(first, random), logNormal(second, random)];
  return () => (random.uniform() < secondShare ? other() : one());
}

function listed(diametersUm: readonly number[]): () => number {
  const bad = diametersUm.find((diameter) => !(diameter > 0 && Number.isFinite(diameter)));
  if (diametersUm.length === 0 || bad !== undefined) {
    throw new RangeError(`diametersUm holds ${bad ?? 'nothing'}, expected diameters above 0 um`);
  }
  let drawn = 0;
  return () => {
    const diameterUm = diametersUm[drawn % diametersUm.length]!;
    drawn += 1;
    return diameterUm;
  };
}

function logNormal(sizes: LogNormalSizes, random: Random): () => number {
  const {
    diameterMedianUm: median,
    geometricStandardDeviation: spread,
    diameterMinUm,
    diameterMaxUm,
  } = sizes;
  if (!(spread >= 1 && Number.isFinite(spread))) {
    throw new RangeError(`geometricStandardDeviation is ${spread}, expected 1 or more`);
  }
  if (!(0 < diameterMinUm && diameterMinUm <= median && median <= diameterMaxUm)) {
    throw new RangeError(
      `diameterMedianUm is ${median}, expected within diameterMinUm ${diameterMinUm} and diameterMaxUm ${diameterMaxUm}`,
    );
  }
  return () => {
    for (;;) {
      const diameterUm = random.logNormal(median, spread);
      if (diameterUm >= diameterMinUm && diameterUm <= diameterMaxUm) return diameterUm;
    }
  };
}
