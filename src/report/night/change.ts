import { sizesOf } from '../../statistics/published-sizes.ts';
import type { Estimate } from '../../statistics/size-statistics.ts';
import { diameterNames } from '../diameter-names.ts';
import type { NightRun } from './run.ts';

/** How the D50 differs from the last measurement of the same sample. */
export interface Change {
  readonly since: Date;
  readonly before: Estimate;
  /** now / before - 1 */
  readonly relative: number;
  /** What was counted then, where it is not what is counted now, so that both cannot be compared. */
  readonly countedOtherwise: string | null;
  /** Whether the 95 % intervals overlap; null where one of them is not known. */
  readonly intervalsOverlap: boolean | null;
}

/** Null where one of them holds no particle. */
export function changeSince(now: NightRun, before: NightRun): Change | null {
  const d50 = d50Of(now);
  const d50Before = d50Of(before);
  if (!d50 || !d50Before) return null;
  return {
    since: before.finishedAt,
    before: d50Before,
    countedOtherwise: countingOf(before) === countingOf(now) ? null : countingOf(before),
    relative: d50.value / d50Before.value - 1,
    intervalsOverlap: overlap(d50, d50Before),
  };
}

function d50Of({ summary }: NightRun): Estimate | undefined {
  return sizesOf(summary.statistics.all)?.d50;
}

/** `greatest Feret diameter, circularity >= 0.8` */
function countingOf({ summary: { statistics } }: NightRun): string {
  const { diameter = 'area', filter } = statistics;
  return `${diameterNames[diameter].name}, ${filter ? filter.expression : 'all particles'}`;
}

function overlap(one: Estimate, other: Estimate): boolean | null {
  if (one.low95 === null || one.high95 === null || other.low95 === null || other.high95 === null) return null;
  return one.low95 <= other.high95 && other.low95 <= one.high95;
}
