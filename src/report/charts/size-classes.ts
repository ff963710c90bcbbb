import { histogramOf } from '../../statistics/numeric/histogram.ts';
import { percentileOfWeighted } from '../../statistics/numeric/percentile.ts';
import type { AddedSizes } from './cumulative-curve.ts';

/** Classes of sizes as a density: its area over the logarithmic axis is 1. */
export interface SizeDensity {
  /** Bounds of the classes, ascending, one more than there are densities. */
  readonly edgesUm: readonly number[];
  /** q*(lg x) of each class: its share over its width in decades (ISO 9276-1). */
  readonly densities: readonly number[];
  readonly classesPerDecade: number;
}

/** Preferred numbers R5 to R80 (ISO 3), whose classes divide each other. */
const series = [5, 10, 20, 40, 80] as const;

/**
 * How many classes a decade a distribution is drawn in: the series of preferred numbers whose class is nearest to the width
 * of Freedman and Diaconis (1981), 2 IQR n^(-1/3), over the decimal logarithm of size. n is the effective number of
 * particles, (sum a)^2 / sum a^2 of what they add (Kish 1965): a volume that few particles make up gets wide classes.
 */
export function classesPerDecadeFor({ diameterUm, added }: AddedSizes): number {
  let sum = 0;
  let squares = 0;
  const cumulated = added.map((one) => {
    squares += one * one;
    sum += one;
    return sum;
  });
  const quartile = (share: number): number => Math.log10(percentileOfWeighted(diameterUm, cumulated, share));
  const width = (2 * (quartile(0.75) - quartile(0.25))) / Math.cbrt(sum ** 2 / squares);
  if (width === 0) return 20; // half of them are of one size: nothing tells how they are spread
  const distance = (perDecade: number): number => Math.abs(Math.log(perDecade * width));
  return series.reduce((best, one) => (distance(one) < distance(best) ? one : best), series[0]);
}

/** The distribution in classes of that rule; their edges are the same for all samples, 10^(k/m) um. */
export function sizeDensity(sizes: AddedSizes): SizeDensity {
  const classesPerDecade = classesPerDecadeFor(sizes);
  const { edges, shares } = histogramOf(sizes.diameterUm, sizes.added, classesPerDecade);
  return { edgesUm: edges, densities: shares.map((share) => share * classesPerDecade), classesPerDecade };
}

/** Of each class the share of its amount that the `isMarked` particles add, 0 to 1. */
export function markedShares(
  { diameterUm, added }: AddedSizes,
  { edgesUm }: Pick<SizeDensity, 'edgesUm'>,
  isMarked: (place: number) => boolean,
): number[] {
  const whole = new Array<number>(edgesUm.length - 1).fill(0);
  const marked = whole.slice();
  let at = 0;
  for (const [place, um] of diameterUm.entries()) {
    while (um >= edgesUm[at + 1]!) at++;
    whole[at]! += added[place]!;
    if (isMarked(place)) marked[at]! += added[place]!;
  }
  return whole.map((one, i) => (one === 0 ? 0 : marked[i]! / one));
}
