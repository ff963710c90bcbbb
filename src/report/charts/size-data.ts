import type { DiameterKind } from '../../statistics/published-diameter.ts';
import type { Estimate } from '../../statistics/size-statistics.ts';

export interface SizeClasses {
  /** Bounds of the classes, ascending, one more than there are shares. */
  readonly edgesUm: readonly number[];
  /** Of the whole, together 1. */
  readonly shares: readonly number[];
}

export interface Percentiles {
  readonly d10: Estimate;
  readonly d50: Estimate;
  readonly d90: Estimate;
}

/** Sizes of at least one particle. */
export interface SizeDistributionData {
  /** What they are sizes of; area where left out. */
  readonly diameter?: DiameterKind;
  readonly particleCount: number;
  readonly uncertainCount: number;
  readonly byNumber: SizeClasses & {
    readonly percentiles: Percentiles;
    /** The part of each share that is of uncertain particles. */
    readonly uncertainShares: readonly number[];
  };
  readonly byVolume: (SizeClasses & { readonly percentiles: Percentiles }) | null;
  /** The smallest diameter that can be seen; null where it is not known. */
  readonly detectionLimitUm: number | null;
}
