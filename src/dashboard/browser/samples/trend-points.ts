import { individualLimits } from '../../../report/charts/control-limits.ts';
import type { RunEntry } from '../../api/run.ts';

/** A run in the trend of its label, the oldest first. */
export interface TrendPoint {
  readonly entry: RunEntry;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly isOutside: boolean;
}

export interface TrendOfLabel {
  readonly points: readonly TrendPoint[];
  /** Null where there are too few runs to tell how they vary. */
  readonly limits: { readonly centre: number; readonly low: number; readonly high: number } | null;
}

/** Fewer runs say nothing of how runs vary from one to the next. */
const RUNS_MIN = 3;

/**
 * The D50 of all ended runs of a label as a chart of individuals: mean, and 3-sigma limits by the mean moving range.
 * @param runs any order; those of other labels, those under way and those without particles are left out
 */
export function trendOf(label: string, runs: readonly RunEntry[]): TrendOfLabel {
  const known = runs
    .filter(({ sampleLabel, state }) => sampleLabel === label && state !== 'filling')
    .flatMap((entry) => (entry.d50Um === null ? [] : [{ entry, ...entry.d50Um }]))
    .sort((a, b) => Date.parse(a.entry.lastTileAt) - Date.parse(b.entry.lastTileAt));
  if (known.length < RUNS_MIN)
    return { points: known.map((point) => ({ ...point, isOutside: false })), limits: null };
  const { centre, reach } = individualLimits(known.map(({ value }) => value));
  const limits = { centre, low: Math.max(0, centre - reach), high: centre + reach };
  const isOutside = (value: number) => value < limits.low || value > limits.high;
  return { points: known.map((point) => ({ ...point, isOutside: isOutside(point.value) })), limits };
}
