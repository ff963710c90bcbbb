/**
 * Percentile of sorted values by linear interpolation: the value at rank h = (n - 1) p, counted from 0,
 * between its two neighbours. Definition 7 of Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566; the
 * default of R's `quantile` and of NumPy.
 *
 * @param sorted at least one value, ascending.
 * @param fraction 0 to 1.
 */
export function percentile(sorted: ArrayLike<number>, fraction: number): number {
  return interpolated(sorted.length, fraction, (rank) => sorted[rank]!);
}

/**
 * The same percentile where every value counts a whole number of times, exactly as if it were repeated.
 *
 * @param cumulated how many values there are up to and with each place; the last entry is their number, over 0.
 */
export function percentileOfCounted(
  sorted: ArrayLike<number>,
  cumulated: ArrayLike<number>,
  fraction: number,
): number {
  const count = cumulated[cumulated.length - 1]!;
  return interpolated(count, fraction, (rank) => sorted[firstWhere(cumulated, (total) => total > rank)]!);
}

/**
 * Percentile of a weighted distribution, such as sizes weighted by area: the smallest value whose cumulated
 * weight reaches the fraction of the whole. Definition 1 of Hyndman & Fan 1996 with weights, the inverse of the
 * cumulative distribution Q(x); NumPy's `inverted_cdf`, the one that it offers with weights.
 *
 * @param cumulated weight up to and with each place; the last entry is the whole, over 0.
 */
export function percentileOfWeighted(
  sorted: ArrayLike<number>,
  cumulated: ArrayLike<number>,
  fraction: number,
): number {
  const target = fraction * cumulated[cumulated.length - 1]!;
  return sorted[firstWhere(cumulated, (total) => total >= target)]!;
}

function interpolated(count: number, fraction: number, valueAt: (rank: number) => number): number {
  const rank = (count - 1) * fraction;
  const below = Math.floor(rank);
  const low = valueAt(below);
  const share = rank - below;
  return share === 0 ? low : low + share * (valueAt(below + 1) - low);
}

/** First index of an ascending list where the condition holds, which then holds to the end (bisection). */
function firstWhere(ascending: ArrayLike<number>, holds: (value: number) => boolean): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(ascending[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
