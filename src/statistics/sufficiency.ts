import { sizesOf } from './published-sizes.ts';
import type { Estimate, RunStatistics } from './size-statistics.ts';

export const sufficiencyFigures = ['d10', 'd50', 'd90'] as const;
export type SufficiencyFigure = (typeof sufficiencyFigures)[number];

/** How precise is precise enough. */
export interface PrecisionTarget {
  /** Half the width of the 95 % interval over the figure. */
  readonly relativeHalfWidth: number;
  /** Percentiles of the published diameter by number that must reach it, all of them. */
  readonly figures: readonly SufficiencyFigure[];
  /** Fewer tiles are never enough: an interval of few may be narrow by chance. */
  readonly tilesMin: number;
}

export interface Precision {
  /** Null where there is no interval. */
  readonly relativeHalfWidth: Readonly<Record<SufficiencyFigure, number | null>>;
  /** Whether this many tiles reach the target. */
  readonly reached: boolean;
  /** More tiles of the same kind that the target asks for, 0 once reached; null while it cannot be told. */
  readonly tilesNeeded: number | null;
}

/**
 * How precise a run's percentiles are, and how many more tiles the target takes: an interval narrows with the square
 * root of the number of tiles, so n tiles of half-width w reach the target t with n (w / t)^2.
 */
export function precisionOf({ tiles, all }: RunStatistics, target: PrecisionTarget): Precision {
  const sizes = sizesOf(all);
  const relativeHalfWidth = {
    d10: halfWidth(sizes?.d10),
    d50: halfWidth(sizes?.d50),
    d90: halfWidth(sizes?.d90),
  };
  const asked = target.figures.map((figure) => relativeHalfWidth[figure]);
  const known = asked.filter((width) => width !== null);
  if (known.length === 0 || known.length < asked.length) {
    return { relativeHalfWidth, reached: false, tilesNeeded: null };
  }
  const widest = Math.max(...known);
  const tilesInAll = Math.max(target.tilesMin, Math.ceil(tiles * (widest / target.relativeHalfWidth) ** 2));
  const reached = widest <= target.relativeHalfWidth && tiles >= target.tilesMin;
  return { relativeHalfWidth, reached, tilesNeeded: reached ? 0 : Math.max(1, tilesInAll - tiles) };
}

function halfWidth(estimate: Estimate | undefined): number | null {
  if (!estimate || estimate.low95 === null || estimate.high95 === null) return null;
  return (estimate.high95 - estimate.low95) / 2 / estimate.value;
}
