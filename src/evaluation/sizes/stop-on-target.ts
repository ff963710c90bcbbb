import { percentile } from '../../statistics/numeric/percentile.ts';
import type { RunStatistics } from '../../statistics/size-statistics.ts';
import { type PrecisionTarget, precisionOf } from '../../statistics/sufficiency.ts';
import { type RelativeError, relativeError } from './size-comparison.ts';

/**
 * After how many tiles a scan may stop: the first number at which the precision is reached; null where it never is.
 *
 * @param statisticsAfter of the first n tiles in their order of arrival.
 */
export function tilesUntilSufficient(
  tiles: number,
  target: PrecisionTarget,
  statisticsAfter: (n: number) => RunStatistics,
): number | null {
  for (let n = target.tilesMin; n <= tiles; n++) {
    if (precisionOf(statisticsAfter(n), target).reached) return n;
  }
  return null;
}

/** A scan that is stopped as soon as it is precise enough. */
export interface Stop {
  readonly tiles: number;
  /** Null: it went on to the end. */
  readonly stoppedAfter: number | null;
  /** D50 by number: at the stop, of all tiles, and of the powder or else of all particles imaged. */
  readonly d50Um: number;
  readonly d50OfAllUm: number;
  readonly d50TrueUm: number;
}

/** What stopping gave, over the scans that stopped. */
export interface StopSummary {
  /** The relative half-width at which they stop. */
  readonly target: number;
  readonly stopped: number;
  /** Null where none stopped. */
  readonly tilesMedian: number | null;
  /** How many had a D50 no further than the target from the truth. */
  readonly withinTarget: number;
  readonly errorToTruth: RelativeError | null;
}

export function summaryOfStops(scans: readonly Stop[], target: number): StopSummary {
  const stops = scans.flatMap(({ stoppedAfter, d50Um, d50TrueUm }) =>
    stoppedAfter === null ? [] : [{ stoppedAfter, error: d50Um / d50TrueUm - 1 }],
  );
  const errors = stops.map(({ error }) => error);
  const none = stops.length === 0;
  return {
    target,
    stopped: stops.length,
    tilesMedian: none
      ? null
      : percentile(
          stops.map((stop) => stop.stoppedAfter).toSorted((a, b) => a - b),
          0.5,
        ),
    withinTarget: errors.filter((error) => Math.abs(error) <= target).length,
    errorToTruth: none ? null : relativeError(errors),
  };
}

/** The same scan as if it had begun with another of its rows, the rows before coming last. */
export function startedAt<T>(tiles: readonly T[], first: number): readonly T[] {
  return [...tiles.slice(first), ...tiles.slice(0, first)];
}
