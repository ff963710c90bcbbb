import type { Histogram } from '../size-statistics.ts';

/**
 * Counts values in classes of equal width in the logarithm. Edge k is 10^(k / classesPerDecade), whatever the
 * values are, so that the classes of two runs line up; the list starts and ends with an occupied class.
 * Classes in a geometric series as ISO 9276-1 advises for sizes.
 *
 * @param sorted at least one value, ascending, all over 0.
 * @param weights how much each value adds to its class's share.
 * @param classesPerDecade a whole number from 1.
 */
export function histogramOf(
  sorted: Float64Array,
  weights: Float64Array,
  classesPerDecade: number,
): Histogram {
  const edge = (index: number): number => 10 ** (index / classesPerDecade);
  const firstClass = classOf(sorted[0]!, classesPerDecade, edge);
  const lastClass = classOf(sorted.at(-1)!, classesPerDecade, edge);

  const edges = Array.from({ length: lastClass - firstClass + 2 }, (_, index) => edge(firstClass + index));
  const counts = new Array<number>(lastClass - firstClass + 1).fill(0);
  const shares = counts.slice();
  let current = 0;
  let whole = 0;
  for (const [place, value] of sorted.entries()) {
    while (value >= edges[current + 1]!) current++;
    counts[current]!++;
    shares[current]! += weights[place]!;
    whole += weights[place]!;
  }
  return { edges, counts, shares: shares.map((share) => share / whole) };
}

/** Rounding of the logarithm may miss by one class next to an edge; the edges decide. */
function classOf(value: number, classesPerDecade: number, edge: (index: number) => number): number {
  const near = Math.floor(Math.log10(value) * classesPerDecade);
  if (value < edge(near)) return near - 1;
  return value >= edge(near + 1) ? near + 1 : near;
}
