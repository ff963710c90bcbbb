import type { DiameterKind } from '../../statistics/published-diameter.ts';
import type { Estimate } from '../../statistics/size-statistics.ts';
import type { CurvePoint } from './cumulative-curve.ts';
import type { SizeDensity } from './size-classes.ts';

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

/** A distribution by number or volume: in classes, and cumulated from the particles' own sizes. */
export interface DrawnDistribution extends SizeDensity {
  readonly percentiles: Percentiles;
  /** Passes through the percentiles. */
  readonly curve: readonly CurvePoint[];
}

/** Sizes of at least one particle. */
export interface SizeDistributionData {
  /** What they are sizes of; area where left out. */
  readonly diameter?: DiameterKind;
  readonly particleCount: number;
  readonly uncertainCount: number;
  readonly byNumber: DrawnDistribution & {
    /** Of each class the share that is of uncertain particles, 0 to 1. */
    readonly uncertainShares: readonly number[];
  };
  readonly byVolume: DrawnDistribution | null;
  /** The smallest diameter that can be seen; null where it is not known. */
  readonly detectionLimitUm: number | null;
  /** By number; null where there is none, or all particles are of one size. */
  readonly logNormal: {
    readonly geometricMeanUm: number;
    readonly geometricStandardDeviation: number;
    /** Whether the particles may be of such a distribution (Lilliefors). */
    readonly fits: boolean;
  } | null;
  /** Where the D50 by number shall lie; null without a target. */
  readonly targetUm: { readonly min: number; readonly max: number } | null;
  /** How near to the D50 its interval shall reach on either side, over the D50; null where nobody asks. */
  readonly askedHalfWidth: number | null;
}
