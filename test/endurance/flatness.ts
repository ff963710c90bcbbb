/** A figure over time: how many tiles were done, and what it was then. */
export interface Reading {
  readonly tiles: number;
  readonly value: number;
}

export interface Flatness {
  /** By how much it grows over the second half, by the median of all slopes between two readings. */
  readonly growth: number;
  readonly limit: number;
  readonly isFlat: boolean;
}

/**
 * Whether a figure stands still once the start is over: over the second half of the readings it may grow by a tenth of
 * its median there, or by `allowance` where that is more.
 *
 * The slope is that of Theil and Sen (Sen 1968, doi:10.1080/01621459.1968.10480934), which single peaks do not sway.
 */
export function flatness(readings: readonly Reading[], allowance: number): Flatness {
  const half = readings.slice(Math.floor(readings.length / 2));
  const slopes: number[] = [];
  for (const [index, a] of half.entries()) {
    for (const b of half.slice(index + 1)) slopes.push((b.value - a.value) / (b.tiles - a.tiles));
  }
  const span = (half.at(-1)?.tiles ?? 0) - (half[0]?.tiles ?? 0);
  const growth = median(slopes) * span;
  const limit = Math.max(allowance, 0.1 * median(half.map(({ value }) => value)));
  return { growth, limit, isFlat: growth <= limit };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length === 0 ? 0 : (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
