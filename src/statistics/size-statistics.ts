/** A figure with its 95 % confidence interval; the bounds are null where one tile or none was measured. */
export interface Estimate {
  readonly value: number;
  readonly low95: number | null;
  readonly high95: number | null;
}

/** One size measure's distribution, every particle counted once (by number). */
export interface SizeDistribution {
  readonly mean: Estimate;
  /** Sample standard deviation (n - 1); 0 for one particle. */
  readonly standardDeviation: number;
  /** Percentiles of the number distribution; d50 is the median. */
  readonly d10: Estimate;
  readonly d50: Estimate;
  readonly d90: Estimate;
  /** (d90 - d10) / d50. */
  readonly span: number;
  readonly smallest: number;
  readonly largest: number;
  readonly histogram: Histogram;
}

/** Log-spaced classes: `edges` has one more entry than `counts`; class i is [edges[i], edges[i+1]). */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** The sizes of one group of particles. The distributions are null for an empty group, never zero. */
export interface GroupStatistics {
  readonly count: number;
  readonly areaUm2: SizeDistribution | null;
  readonly diameterEquivalentUm: SizeDistribution | null;
  /** D[3,2] = sum d^3 / sum d^2 of equivalent diameters (ISO 9276-2). */
  readonly diameterSauterUm: Estimate | null;
  /** Percentiles of equivalent diameter weighted by projected area (q2). */
  readonly diameterByAreaUm: {
    readonly d10: Estimate;
    readonly d50: Estimate;
    readonly d90: Estimate;
  } | null;
}

export interface RunStatistics {
  readonly tiles: number;
  readonly all: GroupStatistics;
  readonly certain: GroupStatistics;
  readonly uncertain: GroupStatistics;
  /** Particles that reach a tile's border, left out of the groups above when `borderExcluded`. */
  readonly borderCount: number;
  readonly borderExcluded: boolean;
  readonly resamples: number;
}
