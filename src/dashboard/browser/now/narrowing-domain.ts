/** A figure with its interval, and the tiles that it rests on. */
export interface NarrowingPoint {
  readonly tiles: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Of the target's half width: intervals that reach further are cut off at the edge, where nothing can be read anyway. */
const SHOWN_HALF_WIDTHS = 4;
/** Without a target: of the latest interval's half width. */
const SHOWN_INTERVALS = 3;

/**
 * The sizes that the chart shows: around the latest figure, wide enough for the target, for what D50 is held against where
 * that is near, and for most of the figures before.
 * @param points at least one, by tiles
 */
export function narrowingDomain(
  points: readonly NarrowingPoint[],
  relativeHalfWidth: number | null,
  window: { readonly min: number; readonly max: number } | null,
): [number, number] {
  const latest = points.at(-1);
  if (!latest) throw new Error('a chart of intervals needs at least one figure');
  const { value, low, high } = latest;
  const own = low === null || high === null ? 0 : SHOWN_INTERVALS * Math.max(high - value, value - low);
  const asked = relativeHalfWidth === null ? 0 : SHOWN_HALF_WIDTHS * relativeHalfWidth * value;
  const reach = Math.max(own, asked, 0.02 * value);
  const near =
    window === null ? [] : [window.min, window.max].filter((at) => Math.abs(at - value) < 2 * reach);
  const settled = points.slice(Math.floor(points.length / 2)).map((point) => point.value);
  return [Math.min(value - reach, ...near, ...settled), Math.max(value + reach, ...near, ...settled)];
}
