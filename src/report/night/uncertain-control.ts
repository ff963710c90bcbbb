import { controlLimits } from '../charts/control-limits.ts';
import type { NightRun } from './run.ts';

/** A sample in the control chart of the uncertain fraction. */
export interface ControlPoint {
  readonly runId: number;
  readonly finishedAt: Date;
  readonly uncertainCount: number;
  readonly particleCount: number;
  /** uncertainCount / particleCount */
  readonly share: number;
  /** The 3-sigma limits of a sample of this size. */
  readonly low: number;
  readonly high: number;
  readonly isOut: boolean;
}

/** Fewer samples say too little of what is usual. */
export const CONTROL_SAMPLES_MIN = 5;

/** The samples that hold particles, in the order given; none is out of control while there are few. */
export function controlPoints(runs: readonly NightRun[]): ControlPoint[] {
  const counted = runs.filter(({ summary }) => summary.statistics.all.count > 0);
  const { limits } = controlLimits(
    counted.map(({ summary }) => ({
      nonconforming: summary.statistics.uncertain.count,
      total: summary.statistics.all.count,
    })),
  );
  return counted.map(({ runId, finishedAt, summary }, i) => {
    const { all, uncertain } = summary.statistics;
    const share = uncertain.count / all.count;
    const { low, high } = limits[i]!;
    const isOut = counted.length >= CONTROL_SAMPLES_MIN && (share < low || share > high);
    const counts = { uncertainCount: uncertain.count, particleCount: all.count };
    return { runId, finishedAt, ...counts, share, low, high, isOut };
  });
}
