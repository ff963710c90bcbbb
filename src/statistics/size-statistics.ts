import type { DiameterKind } from './published-diameter.ts';
import type { ShapeMeasure } from './shape-measures.ts';

/** A figure with its 95 % confidence interval; the bounds are null where fewer than two tiles hold particles. */
export interface Estimate {
  readonly value: number;
  readonly low95: number | null;
  readonly high95: number | null;
}

/** One size measure's distribution by number. */
export interface SizeDistribution {
  readonly mean: Estimate;
  /** Sample standard deviation; 0 for one particle. */
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

/** Log-spaced classes: `edges` has one more entry than there are classes; class i is [edges[i], edges[i+1]). */
export interface Histogram {
  readonly edges: readonly number[];
  /** Particles counted in each class. */
  readonly counts: readonly number[];
  /** Share of each class by number, corrected for borders; together 1. */
  readonly shares: readonly number[];
}

/** Diameters weighted by the volume of the sphere of that diameter (Q3). */
export interface VolumeDistribution {
  readonly d10: Estimate;
  readonly d50: Estimate;
  readonly d90: Estimate;
  /** (d90 - d10) / d50. */
  readonly span: number;
  readonly histogram: Pick<Histogram, 'edges' | 'shares'>;
}

/** The log-normal distribution of the particles' own geometric mean and standard deviation. */
export interface LogNormalFit {
  readonly geometricMeanUm: Estimate;
  readonly geometricStandardDeviation: Estimate;
  /** Largest distance between the cumulative number distribution and the fit (Kolmogorov), 0 to 1. */
  readonly distance: number;
  /** Whether the distance is one that chance gives log-normal particles in 95 of 100 cases (Lilliefors). */
  readonly fits: boolean;
}

/** The sizes of one group of particles. All are null for an empty group, never zero. */
export interface GroupStatistics {
  readonly count: number;
  readonly areaUm2: SizeDistribution | null;
  /** Its mean is D[1,0]. */
  readonly diameterEquivalentUm: SizeDistribution | null;
  /** There where it is the published diameter; all that follows is then of it. */
  readonly diameterFeretMaxUm?: SizeDistribution | null;
  readonly diameterFeretMinUm?: SizeDistribution | null;
  /** Moment-ratio means of the published diameter (ISO 9276-2). */
  readonly diameterMeansUm: {
    /** D[2,0]. */
    readonly quadratic: Estimate;
    /** D[3,2]. */
    readonly sauter: Estimate;
    /** D[4,3]. */
    readonly deBrouckere: Estimate;
  } | null;
  /** Percentiles of diameter weighted by its square (Q2): of equivalent diameters by projected area. */
  readonly diameterByAreaUm: {
    readonly d10: Estimate;
    readonly d50: Estimate;
    readonly d90: Estimate;
  } | null;
  readonly diameterByVolumeUm: VolumeDistribution | null;
  readonly logNormal: LogNormalFit | null;
}

/** One measure of shape by number. */
export interface ShapeDistribution {
  readonly mean: Estimate;
  readonly d10: Estimate;
  readonly d50: Estimate;
  readonly d90: Estimate;
}

/** The shapes of a group; a measure is null where no particle of it was seen whole. */
export interface ShapeGroup extends Readonly<Record<ShapeMeasure, ShapeDistribution | null>> {
  /** Particles that one tile shows whole. */
  readonly count: number;
}

export interface ShapeStatistics {
  readonly all: ShapeGroup;
  readonly certain: ShapeGroup;
}

/** What becomes of particles that tile borders cut; docs/measurement.md compares them. */
export type BorderMethod = 'weight' | 'join' | 'exclude' | 'include';

export interface BorderStatistics {
  readonly method: BorderMethod;
  /** Particles that reach a border of their tile. */
  readonly cut: number;
  /** Particles put together from pieces. */
  readonly joined: number;
  /** D50 by number over that of plain exclusion, minus 1; null without particles. */
  readonly diameterD50Shift: number | null;
}

/** The smallest particles that magnification and model can see. */
export interface DetectionLimit {
  readonly diameterUm: number;
  /** Share of the particles of this size that the model finds. */
  readonly recall: number;
  /** Percentiles that lie under it, as paths: `all.diameterEquivalentUm.d10`. */
  readonly figuresBelow: readonly string[];
}

/** Mean and percentiles alone. */
export type DiameterFigures = Pick<SizeDistribution, 'mean' | 'd10' | 'd50' | 'd90'>;

/** The figures of a run counted in another way, to hold against those that are published; null without particles. */
export interface ComparedFigures {
  readonly count: number;
  readonly uncertainCount: number;
  readonly areaMeanUm2: Estimate | null;
  /** By number. */
  readonly diameterUm: DiameterFigures | null;
  readonly diameterByVolumeUm: Pick<VolumeDistribution, 'd10' | 'd50' | 'd90'> | null;
}

/** What a filter does to the figures, which are of the particles that pass. */
export interface FilterStatistics {
  /** As `circularity >= 0.8`. */
  readonly expression: string;
  /** Whether a controller asked for it or it is the configured one. */
  readonly from: 'configuration' | 'request';
  readonly particlesLeftOut: number;
  /** The figures of all particles, those that do not pass too. */
  readonly unfiltered: ComparedFigures;
}

/** What the corrections of reviewers do to the figures, which are of the particles as they say. */
export interface ReviewStatistics {
  /** Corrections that count, and the tiles that they were made on. */
  readonly corrections: number;
  readonly tiles: number;
  /** The figures of the particles as the model found them. */
  readonly unreviewed: ComparedFigures;
}

/** Relative gap |all - certain| / all of figures: what the uncertain particles may move. */
export interface UncertaintySpread {
  readonly areaMean: number;
  readonly diameterMean: number;
  readonly diameterD10: number;
  readonly diameterD50: number;
  readonly diameterD90: number;
  readonly diameterByVolumeD50: number;
}

/** What a reader of the figures must know. */
export interface StatisticsWarning {
  readonly code: WarningCode;
  readonly message: string;
}

export const warningCodes = [
  'too-few-particles',
  'below-detection-limit',
  'none-passes-filter',
  'scan-rotation-differs',
  'every-tile-left-out',
  'stale-corrections',
] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface RunStatistics {
  readonly tiles: number;
  readonly all: GroupStatistics;
  readonly certain: GroupStatistics;
  readonly uncertain: GroupStatistics;
  readonly border: BorderStatistics;
  /** Of the particles that one tile shows whole; missing where an older version counted. */
  readonly shape?: ShapeStatistics;
  /** What the published distribution is of; missing where an older version counted: area. */
  readonly diameter?: DiameterKind;
  /** Missing where all particles count. */
  readonly filter?: FilterStatistics;
  /** Missing where no correction counts. */
  readonly review?: ReviewStatistics;
  /** Null where the model does not say what it can see. */
  readonly detectionLimit: DetectionLimit | null;
  /** Null where no particle is certain. */
  readonly uncertaintySpread: UncertaintySpread | null;
  readonly warnings: readonly StatisticsWarning[];
  readonly resamples: number;
}
