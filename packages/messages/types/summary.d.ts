/* Written by `npm run docs` from src/publish/schema. */

export interface SummaryMessage {
  /**
   * what this message is; its number changes when a field loses or changes its meaning
   */
  schema: "particled/summary/3";
  /**
   * as in every message; null in summary.json, which is not sent
   */
  sequence: number | null;
  /**
   * which database of the daemon this is of: sequence numbers and revisions are compared within one; another one was made anew or restored from a backup. Missing in messages of versions before
   */
  store?: string;
  /**
   * when the message was made, ISO 8601 in UTC
   */
  at: string;
  /**
   * name of the instrument, as configured
   */
  instrument: string;
  /**
   * the sample that was imaged
   */
  sample: {
    /**
     * the sample in topics, made from the label
     */
    id: string;
    /**
     * label as typed at the microscope; may be empty
     */
    label: string;
  };
  /**
   * the run of this sample in topics: one acquisition of a grid
   */
  run: string;
  /**
   * counts up with each summary of this run; the highest one supersedes all others
   */
  revision: number;
  /**
   * false while tiles arrive or wait; a tile that comes later still makes a new revision
   */
  final: boolean;
  /**
   * filling: tiles still arrive; complete: all expected are there; finalised: ended on request before that, so that what was left out was not wanted; stalled: silence before that
   */
  state: "filling" | "complete" | "stalled" | "finalised";
  /**
   * who ended the run as it is, and why; null where nobody did, or where it was complete before
   */
  finalised: Finalised | null;
  /**
   * who is in charge of the sample, as the command expect said by the end of the run; else null
   */
  operator: string | null;
  /**
   * what else it said of the sample; else null
   */
  note: string | null;
  coverage: Coverage;
  /**
   * tiles that arrived and could not be segmented: missing from the statistics
   */
  failedTiles: {
    /**
     * SHA-256 of the file, hexadecimal: the identity of the tile
     */
    contentHash: string;
    /**
     * name of the file, without its folder
     */
    file: string;
    /**
     * row in the grid, 0 is the highest stage y; null while unknown
     */
    row: number | null;
    /**
     * column in the grid, 0 is the lowest stage x; null while unknown
     */
    column: number | null;
    /**
     * why it was given up
     */
    reason: string;
  }[];
  statistics: RunStatistics;
  /**
   * particles that overlapping tiles show twice, counted once in the statistics
   */
  duplicateCount: number;
  acquisition: Acquisition;
  /**
   * readable images of the sample that are none of the run's tiles and count nowhere, by causes; not in summaries of versions before
   */
  setAside?: {
    /**
     * other-detector: another detector than the tiles of the run; map: it shows several tiles at once; inverted: a tile with its contrast turned round; other-magnification: the place of the one tile, larger or smaller
     */
    code: "other-detector" | "map" | "inverted" | "other-magnification";
    /**
     * images of this cause
     */
    count: number;
    /**
     * names of the first of them, by their paths
     */
    files: string[];
    /**
     * of the first one: why, and what to do
     */
    reason: string;
  }[];
  sufficiency: Sufficiency;
  /**
   * the verdict on the sample; null without a target
   */
  decision: Decision | null;
  imaging: Imaging;
  /**
   * tiles that count and on which the network reached a limit, so that particles are, or may be, missing from the statistics; not in summaries of versions before
   */
  limitReached?: {
    /**
     * SHA-256 of the file, hexadecimal: the identity of the tile
     */
    contentHash: string;
    /**
     * name of the file, without its folder
     */
    file: string;
    /**
     * row in the grid, 0 is the highest stage y; null while unknown
     */
    row: number | null;
    /**
     * column in the grid, 0 is the lowest stage x; null while unknown
     */
    column: number | null;
    /**
     * which
     */
    limits: ("proposals-of-a-size" | "proposals" | "detections")[];
  }[];
  /**
   * what is to be known of the tiles' files; not in summaries of versions before
   */
  notes?: {
    /**
     * as in messages of tiles
     */
    note: "lossy-compression" | "pixel-size-stated" | "pixel-size-ignored" | "no-stage-position" | "stage-axes-assumed";
    /**
     * tiles of which it holds
     */
    tiles: number;
  }[];
  /**
   * places that ought to be imaged again, never those that a finalised run left out; a new image of one that comes within grid.newRunAfterS joins this run, whose next revision counts it instead
   */
  reimage: PlaceToImageAgain[];
  uniformity: Uniformity;
  /**
   * what the result rests on
   */
  provenance: {
    /**
     * version of particled
     */
    softwareVersion: string;
    /**
     * all models that segmented tiles of this run
     */
    models: Model[];
    /**
     * all pixel sizes among the tiles
     */
    pixelSizesNm: number[];
    /**
     * file: the images say how large a pixel is; stated: a sidecar or instrument.pixelSizeNm does; missing in messages of versions before: file
     */
    pixelSizeSource?: "file" | "stated";
    /**
     * who corrected particles of this run, by name, where the corrections count; missing where nobody did
     */
    reviewedBy?: string[];
  };
}
export interface Finalised {
  /**
   * when the request came, ISO 8601 in UTC
   */
  at: string;
  /**
   * who asked, as the request said; null where it did not
   */
  by: string | null;
  /**
   * why, as the request said; null where it did not
   */
  reason: string | null;
}
/**
 * how much of the grid is there
 */
export interface Coverage {
  /**
   * rows of the lattice fitted to the tiles
   */
  rows: number;
  /**
   * columns of the fitted lattice
   */
  columns: number;
  /**
   * tiles that have arrived
   */
  tilesPresent: number;
  /**
   * tiles of a complete grid: the configured number, or rows x columns where that is more
   */
  tilesExpected: number;
  /**
   * places within the lattice that no tile fills
   */
  missing: {
    /**
     * row; 0 is the highest stage y
     */
    row: number;
    /**
     * column; 0 is the lowest stage x
     */
    column: number;
  }[];
  /**
   * expected tiles beyond the lattice, whose places are not known yet
   */
  tilesUnseen: number;
}
/**
 * the sizes of the particles
 */
export interface RunStatistics {
  /**
   * segmented tiles that the figures rest on
   */
  tiles: number;
  /**
   * which diameter the published distribution, precision and verdict are of (ISO 9276-6): area: x_A, in `diameterEquivalentUm`; feretMax: x_Fmax, in `diameterFeretMaxUm`; feretMin: x_Fmin, in `diameterFeretMinUm`; missing in results of versions before: area
   */
  diameter?: "area" | "feretMax" | "feretMin";
  filter?: Filter;
  review?: Review;
  all: GroupStatistics;
  certain: GroupStatistics1;
  uncertain: GroupStatistics2;
  border: Border;
  shape?: ShapeStatistics;
  /**
   * null where the model does not say what it can see
   */
  detectionLimit: DetectionLimit | null;
  /**
   * |all - certain| / all: how far uncertain particles move a figure; null where none is certain
   */
  uncertaintySpread: UncertaintySpread | null;
  /**
   * what a reader of the figures must know
   */
  warnings: {
    /**
     * what it is about, as a stable word
     */
    code:
      | "too-few-particles"
      | "below-detection-limit"
      | "none-passes-filter"
      | "scan-rotation-differs"
      | "every-tile-left-out"
      | "stale-corrections";
    /**
     * what it means, in words
     */
    message: string;
  }[];
  /**
   * resamples of whole tiles behind the 95 % intervals
   */
  resamples: number;
}
/**
 * which particles the figures are of, and what that changes; missing where all count
 */
export interface Filter {
  /**
   * a particle counts where it passes this: columns of the table `particles` in its units
   */
  expression: string;
  /**
   * configuration: statistics.filter; request: the command reanalyse asked for it
   */
  from: "configuration" | "request";
  /**
   * particles that do not pass; they stand in the tables
   */
  particlesLeftOut: number;
  unfiltered: UnfilteredFigures;
}
/**
 * the figures of all particles without the filter, to hold against those of this summary
 */
export interface UnfilteredFigures {
  /**
   * particles, those that do not pass too
   */
  count: number;
  /**
   * uncertain ones among them
   */
  uncertainCount: number;
  /**
   * mean projected area; null without particles
   */
  areaMeanUm2: EstimateInUm2 | null;
  /**
   * the published diameter by number; null without particles
   */
  diameterUm: UnfilteredDiameter | null;
  /**
   * the same by volume; null without particles
   */
  diameterByVolumeUm: UnfilteredDiameterByVolume | null;
}
export interface EstimateInUm2 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface UnfilteredDiameter {
  mean: EstimateInUm;
  d10: EstimateInUm1;
  d50: EstimateInUm3;
  d90: EstimateInUm4;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D10
 */
export interface EstimateInUm1 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D50
 */
export interface EstimateInUm3 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D90
 */
export interface EstimateInUm4 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface UnfilteredDiameterByVolume {
  d10: EstimateInUm5;
  d50: EstimateInUm6;
  d90: EstimateInUm7;
}
/**
 * D10
 */
export interface EstimateInUm5 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D50
 */
export interface EstimateInUm6 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D90
 */
export interface EstimateInUm7 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * what reviewers corrected, and what that changes; missing where no correction counts
 */
export interface Review {
  /**
   * corrections that count; who made them stands in `provenance.reviewedBy`
   */
  corrections: number;
  /**
   * tiles that they were made on
   */
  tiles: number;
  unreviewed: UnreviewedFigures;
}
/**
 * the figures without the corrections, of the same tiles and by the same filter, to hold against those of this summary
 */
export interface UnreviewedFigures {
  /**
   * particles as the model found them
   */
  count: number;
  /**
   * uncertain ones among them
   */
  uncertainCount: number;
  /**
   * mean projected area; null without particles
   */
  areaMeanUm2: EstimateInUm21 | null;
  /**
   * the published diameter by number; null without particles
   */
  diameterUm: UnreviewedDiameter | null;
  /**
   * the same by volume; null without particles
   */
  diameterByVolumeUm: UnreviewedDiameterByVolume | null;
}
export interface EstimateInUm21 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface UnreviewedDiameter {
  mean: EstimateInUm8;
  d10: EstimateInUm9;
  d50: EstimateInUm10;
  d90: EstimateInUm11;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm8 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D10
 */
export interface EstimateInUm9 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D50
 */
export interface EstimateInUm10 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D90
 */
export interface EstimateInUm11 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface UnreviewedDiameterByVolume {
  d10: EstimateInUm12;
  d50: EstimateInUm13;
  d90: EstimateInUm14;
}
/**
 * D10
 */
export interface EstimateInUm12 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D50
 */
export interface EstimateInUm13 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D90
 */
export interface EstimateInUm14 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * all particles
 */
export interface GroupStatistics {
  /**
   * particles of this group
   */
  count: number;
  /**
   * projected areas by number; null for an empty group
   */
  areaUm2: DistributionInUm2 | null;
  /**
   * equivalent circular diameters by number; null for an empty group
   */
  diameterEquivalentUm: DistributionInUm | null;
  /**
   * greatest Feret diameters by number, where `diameter` is feretMax: the published distribution; all below is then of it
   */
  diameterFeretMaxUm?: DistributionInUm1 | null;
  /**
   * least Feret diameters likewise, where `diameter` is feretMin
   */
  diameterFeretMinUm?: DistributionInUm3 | null;
  /**
   * moment-ratio means of diameter (ISO 9276-2); null for an empty group
   */
  diameterMeansUm: MeanDiameters | null;
  /**
   * percentiles of diameter weighted by its square, of equivalent diameters by projected area; null for an empty group
   */
  diameterByAreaUm: PercentilesByArea | null;
  /**
   * diameters weighted by the volume of their sphere; null for an empty group
   */
  diameterByVolumeUm: DistributionByVolume | null;
  /**
   * log-normal distribution of the same geometric mean and deviation; null for an empty group
   */
  logNormal: LogNormalFit | null;
}
export interface DistributionInUm2 {
  mean: EstimateInUm22;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm23;
  d50: EstimateInUm24;
  d90: EstimateInUm25;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm2;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm22 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm23 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm24 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm25 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm2 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm {
  mean: EstimateInUm15;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm16;
  d50: EstimateInUm17;
  d90: EstimateInUm18;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm15 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm16 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm17 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm18 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm1 {
  mean: EstimateInUm19;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm20;
  d50: EstimateInUm26;
  d90: EstimateInUm27;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm1;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm19 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm20 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm26 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm27 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm1 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm3 {
  mean: EstimateInUm28;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm29;
  d50: EstimateInUm30;
  d90: EstimateInUm31;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm3;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm28 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm29 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm30 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm31 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm3 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface MeanDiameters {
  quadratic: EstimateInUm32;
  sauter: EstimateInUm33;
  deBrouckere: EstimateInUm34;
}
/**
 * D[2,0] = sqrt(sum of d^2 / n)
 */
export interface EstimateInUm32 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D[3,2] = sum of d^3 / sum of d^2
 */
export interface EstimateInUm33 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D[4,3] = sum of d^4 / sum of d^3, the mean by volume
 */
export interface EstimateInUm34 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface PercentilesByArea {
  d10: EstimateInUm35;
  d50: EstimateInUm36;
  d90: EstimateInUm37;
}
/**
 * 10 % of the area is of smaller particles
 */
export interface EstimateInUm35 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * half of the area is of smaller particles
 */
export interface EstimateInUm36 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the area is of smaller particles
 */
export interface EstimateInUm37 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface DistributionByVolume {
  d10: EstimateInUm38;
  d50: EstimateInUm39;
  d90: EstimateInUm40;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * share of volume by size
   */
  histogram: {
    /**
     * log-spaced bounds of the classes, one more than there are counts
     */
    edges: number[];
    /**
     * share of each class by volume, corrected for borders; together 1
     */
    shares: number[];
  };
}
/**
 * 10 % of the volume is of smaller particles
 */
export interface EstimateInUm38 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * half of the volume is of smaller particles
 */
export interface EstimateInUm39 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the volume is of smaller particles
 */
export interface EstimateInUm40 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface LogNormalFit {
  geometricMeanUm: EstimateInUm41;
  geometricStandardDeviation: EstimateIn1;
  /**
   * largest distance of the cumulative number distribution from the fit (Kolmogorov)
   */
  distance: number;
  /**
   * whether chance gives log-normal particles such a distance in 95 of 100 cases
   */
  fits: boolean;
}
/**
 * geometric mean of the diameters
 */
export interface EstimateInUm41 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * geometric standard deviation: 68 % of log-normal particles lie within this factor of the geometric mean
 */
export interface EstimateIn1 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * certain particles only
 */
export interface GroupStatistics1 {
  /**
   * particles of this group
   */
  count: number;
  /**
   * projected areas by number; null for an empty group
   */
  areaUm2: DistributionInUm21 | null;
  /**
   * equivalent circular diameters by number; null for an empty group
   */
  diameterEquivalentUm: DistributionInUm4 | null;
  /**
   * greatest Feret diameters by number, where `diameter` is feretMax: the published distribution; all below is then of it
   */
  diameterFeretMaxUm?: DistributionInUm5 | null;
  /**
   * least Feret diameters likewise, where `diameter` is feretMin
   */
  diameterFeretMinUm?: DistributionInUm6 | null;
  /**
   * moment-ratio means of diameter (ISO 9276-2); null for an empty group
   */
  diameterMeansUm: MeanDiameters1 | null;
  /**
   * percentiles of diameter weighted by its square, of equivalent diameters by projected area; null for an empty group
   */
  diameterByAreaUm: PercentilesByArea1 | null;
  /**
   * diameters weighted by the volume of their sphere; null for an empty group
   */
  diameterByVolumeUm: DistributionByVolume1 | null;
  /**
   * log-normal distribution of the same geometric mean and deviation; null for an empty group
   */
  logNormal: LogNormalFit1 | null;
}
export interface DistributionInUm21 {
  mean: EstimateInUm210;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm211;
  d50: EstimateInUm212;
  d90: EstimateInUm213;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm21;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm210 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm211 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm212 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm213 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm21 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm4 {
  mean: EstimateInUm42;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm43;
  d50: EstimateInUm44;
  d90: EstimateInUm45;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm4;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm42 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm43 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm44 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm45 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm4 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm5 {
  mean: EstimateInUm46;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm47;
  d50: EstimateInUm48;
  d90: EstimateInUm49;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm5;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm46 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm47 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm48 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm49 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm5 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm6 {
  mean: EstimateInUm50;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm51;
  d50: EstimateInUm52;
  d90: EstimateInUm53;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm6;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm50 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm51 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm52 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm53 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm6 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface MeanDiameters1 {
  quadratic: EstimateInUm54;
  sauter: EstimateInUm55;
  deBrouckere: EstimateInUm56;
}
/**
 * D[2,0] = sqrt(sum of d^2 / n)
 */
export interface EstimateInUm54 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D[3,2] = sum of d^3 / sum of d^2
 */
export interface EstimateInUm55 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D[4,3] = sum of d^4 / sum of d^3, the mean by volume
 */
export interface EstimateInUm56 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface PercentilesByArea1 {
  d10: EstimateInUm57;
  d50: EstimateInUm58;
  d90: EstimateInUm59;
}
/**
 * 10 % of the area is of smaller particles
 */
export interface EstimateInUm57 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * half of the area is of smaller particles
 */
export interface EstimateInUm58 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the area is of smaller particles
 */
export interface EstimateInUm59 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface DistributionByVolume1 {
  d10: EstimateInUm60;
  d50: EstimateInUm61;
  d90: EstimateInUm62;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * share of volume by size
   */
  histogram: {
    /**
     * log-spaced bounds of the classes, one more than there are counts
     */
    edges: number[];
    /**
     * share of each class by volume, corrected for borders; together 1
     */
    shares: number[];
  };
}
/**
 * 10 % of the volume is of smaller particles
 */
export interface EstimateInUm60 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * half of the volume is of smaller particles
 */
export interface EstimateInUm61 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the volume is of smaller particles
 */
export interface EstimateInUm62 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface LogNormalFit1 {
  geometricMeanUm: EstimateInUm63;
  geometricStandardDeviation: EstimateIn11;
  /**
   * largest distance of the cumulative number distribution from the fit (Kolmogorov)
   */
  distance: number;
  /**
   * whether chance gives log-normal particles such a distance in 95 of 100 cases
   */
  fits: boolean;
}
/**
 * geometric mean of the diameters
 */
export interface EstimateInUm63 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * geometric standard deviation: 68 % of log-normal particles lie within this factor of the geometric mean
 */
export interface EstimateIn11 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * uncertain particles only
 */
export interface GroupStatistics2 {
  /**
   * particles of this group
   */
  count: number;
  /**
   * projected areas by number; null for an empty group
   */
  areaUm2: DistributionInUm22 | null;
  /**
   * equivalent circular diameters by number; null for an empty group
   */
  diameterEquivalentUm: DistributionInUm7 | null;
  /**
   * greatest Feret diameters by number, where `diameter` is feretMax: the published distribution; all below is then of it
   */
  diameterFeretMaxUm?: DistributionInUm8 | null;
  /**
   * least Feret diameters likewise, where `diameter` is feretMin
   */
  diameterFeretMinUm?: DistributionInUm9 | null;
  /**
   * moment-ratio means of diameter (ISO 9276-2); null for an empty group
   */
  diameterMeansUm: MeanDiameters2 | null;
  /**
   * percentiles of diameter weighted by its square, of equivalent diameters by projected area; null for an empty group
   */
  diameterByAreaUm: PercentilesByArea2 | null;
  /**
   * diameters weighted by the volume of their sphere; null for an empty group
   */
  diameterByVolumeUm: DistributionByVolume2 | null;
  /**
   * log-normal distribution of the same geometric mean and deviation; null for an empty group
   */
  logNormal: LogNormalFit2 | null;
}
export interface DistributionInUm22 {
  mean: EstimateInUm214;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm215;
  d50: EstimateInUm216;
  d90: EstimateInUm217;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm22;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm214 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm215 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm216 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm217 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm22 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm7 {
  mean: EstimateInUm64;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm65;
  d50: EstimateInUm66;
  d90: EstimateInUm67;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm7;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm64 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm65 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm66 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm67 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm7 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm8 {
  mean: EstimateInUm68;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm69;
  d50: EstimateInUm70;
  d90: EstimateInUm71;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm8;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm68 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm69 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm70 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm71 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm8 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface DistributionInUm9 {
  mean: EstimateInUm72;
  /**
   * sample standard deviation (n - 1); 0 for one particle
   */
  standardDeviation: number;
  d10: EstimateInUm73;
  d50: EstimateInUm74;
  d90: EstimateInUm75;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * the smallest particle
   */
  smallest: number;
  /**
   * the largest particle
   */
  largest: number;
  histogram: HistogramInUm9;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm72 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles are smaller
 */
export interface EstimateInUm73 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles are smaller
 */
export interface EstimateInUm74 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles are smaller
 */
export interface EstimateInUm75 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * how many particles are of which size
 */
export interface HistogramInUm9 {
  /**
   * log-spaced bounds of the classes, one more than there are counts
   */
  edges: number[];
  /**
   * particles of each class: from its lower edge to below its upper edge
   */
  counts: number[];
  /**
   * share of each class by number, corrected for borders; together 1
   */
  shares: number[];
}
export interface MeanDiameters2 {
  quadratic: EstimateInUm76;
  sauter: EstimateInUm77;
  deBrouckere: EstimateInUm78;
}
/**
 * D[2,0] = sqrt(sum of d^2 / n)
 */
export interface EstimateInUm76 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D[3,2] = sum of d^3 / sum of d^2
 */
export interface EstimateInUm77 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * D[4,3] = sum of d^4 / sum of d^3, the mean by volume
 */
export interface EstimateInUm78 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface PercentilesByArea2 {
  d10: EstimateInUm79;
  d50: EstimateInUm80;
  d90: EstimateInUm81;
}
/**
 * 10 % of the area is of smaller particles
 */
export interface EstimateInUm79 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * half of the area is of smaller particles
 */
export interface EstimateInUm80 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the area is of smaller particles
 */
export interface EstimateInUm81 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface DistributionByVolume2 {
  d10: EstimateInUm82;
  d50: EstimateInUm83;
  d90: EstimateInUm84;
  /**
   * (d90 - d10) / d50
   */
  span: number;
  /**
   * share of volume by size
   */
  histogram: {
    /**
     * log-spaced bounds of the classes, one more than there are counts
     */
    edges: number[];
    /**
     * share of each class by volume, corrected for borders; together 1
     */
    shares: number[];
  };
}
/**
 * 10 % of the volume is of smaller particles
 */
export interface EstimateInUm82 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * half of the volume is of smaller particles
 */
export interface EstimateInUm83 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the volume is of smaller particles
 */
export interface EstimateInUm84 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface LogNormalFit2 {
  geometricMeanUm: EstimateInUm85;
  geometricStandardDeviation: EstimateIn12;
  /**
   * largest distance of the cumulative number distribution from the fit (Kolmogorov)
   */
  distance: number;
  /**
   * whether chance gives log-normal particles such a distance in 95 of 100 cases
   */
  fits: boolean;
}
/**
 * geometric mean of the diameters
 */
export interface EstimateInUm85 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * geometric standard deviation: 68 % of log-normal particles lie within this factor of the geometric mean
 */
export interface EstimateIn12 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * what was done about particles that borders cut
 */
export interface Border {
  /**
   * weight: whole particles, each with the inverse of its chance to lie whole in the field; join: pieces of neighbouring tiles put together (weight where `diameter` or `filter` asks for outlines); exclude: whole particles as they are; include: pieces too
   */
  method: "weight" | "join" | "exclude" | "include";
  /**
   * particles that reach the border of their tile
   */
  cut: number;
  /**
   * particles put together from pieces
   */
  joined: number;
  /**
   * D50 by number over that of plain exclusion, minus 1; null without particles
   */
  diameterD50Shift: number | null;
}
/**
 * shapes of the particles that one tile shows whole, each with the inverse of its chance to be; missing in results of versions before
 */
export interface ShapeStatistics {
  all: Shapes;
  certain: Shapes1;
}
/**
 * all particles
 */
export interface Shapes {
  /**
   * particles of this group that one tile shows whole
   */
  count: number;
  /**
   * 4 pi area / perimeter^2, by number; null where no particle was seen whole
   */
  circularity: ShapeIn1 | null;
  /**
   * minimum over maximum Feret diameter, by number; null where no particle was seen whole
   */
  aspectRatio: ShapeIn11 | null;
  /**
   * area over that of the convex hull, by number; null where no particle was seen whole
   */
  solidity: ShapeIn12 | null;
  /**
   * least distance of two parallel tangents, by number; null where no particle was seen whole
   */
  diameterFeretMinUm: ShapeInUm | null;
  /**
   * greatest distance of two parallel tangents, by number; null where no particle was seen whole
   */
  diameterFeretMaxUm: ShapeInUm1 | null;
}
export interface ShapeIn1 {
  mean: EstimateIn13;
  d10: EstimateIn14;
  d50: EstimateIn15;
  d90: EstimateIn16;
}
/**
 * arithmetic mean
 */
export interface EstimateIn13 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateIn14 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateIn15 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateIn16 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface ShapeIn11 {
  mean: EstimateIn17;
  d10: EstimateIn18;
  d50: EstimateIn19;
  d90: EstimateIn110;
}
/**
 * arithmetic mean
 */
export interface EstimateIn17 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateIn18 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateIn19 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateIn110 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface ShapeIn12 {
  mean: EstimateIn111;
  d10: EstimateIn112;
  d50: EstimateIn113;
  d90: EstimateIn114;
}
/**
 * arithmetic mean
 */
export interface EstimateIn111 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateIn112 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateIn113 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateIn114 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface ShapeInUm {
  mean: EstimateInUm86;
  d10: EstimateInUm87;
  d50: EstimateInUm88;
  d90: EstimateInUm89;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm86 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateInUm87 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateInUm88 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateInUm89 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface ShapeInUm1 {
  mean: EstimateInUm90;
  d10: EstimateInUm91;
  d50: EstimateInUm92;
  d90: EstimateInUm93;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm90 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateInUm91 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateInUm92 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateInUm93 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * certain particles only
 */
export interface Shapes1 {
  /**
   * particles of this group that one tile shows whole
   */
  count: number;
  /**
   * 4 pi area / perimeter^2, by number; null where no particle was seen whole
   */
  circularity: ShapeIn13 | null;
  /**
   * minimum over maximum Feret diameter, by number; null where no particle was seen whole
   */
  aspectRatio: ShapeIn14 | null;
  /**
   * area over that of the convex hull, by number; null where no particle was seen whole
   */
  solidity: ShapeIn15 | null;
  /**
   * least distance of two parallel tangents, by number; null where no particle was seen whole
   */
  diameterFeretMinUm: ShapeInUm2 | null;
  /**
   * greatest distance of two parallel tangents, by number; null where no particle was seen whole
   */
  diameterFeretMaxUm: ShapeInUm3 | null;
}
export interface ShapeIn13 {
  mean: EstimateIn115;
  d10: EstimateIn116;
  d50: EstimateIn117;
  d90: EstimateIn118;
}
/**
 * arithmetic mean
 */
export interface EstimateIn115 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateIn116 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateIn117 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateIn118 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface ShapeIn14 {
  mean: EstimateIn119;
  d10: EstimateIn120;
  d50: EstimateIn121;
  d90: EstimateIn122;
}
/**
 * arithmetic mean
 */
export interface EstimateIn119 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateIn120 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateIn121 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateIn122 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface ShapeIn15 {
  mean: EstimateIn123;
  d10: EstimateIn124;
  d50: EstimateIn125;
  d90: EstimateIn126;
}
/**
 * arithmetic mean
 */
export interface EstimateIn123 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateIn124 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateIn125 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateIn126 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface ShapeInUm2 {
  mean: EstimateInUm94;
  d10: EstimateInUm95;
  d50: EstimateInUm96;
  d90: EstimateInUm97;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm94 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateInUm95 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateInUm96 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateInUm97 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface ShapeInUm3 {
  mean: EstimateInUm98;
  d10: EstimateInUm99;
  d50: EstimateInUm100;
  d90: EstimateInUm101;
}
/**
 * arithmetic mean
 */
export interface EstimateInUm98 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 10 % of the particles have less
 */
export interface EstimateInUm99 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * median: half of the particles have less
 */
export interface EstimateInUm100 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
/**
 * 90 % of the particles have less
 */
export interface EstimateInUm101 {
  /**
   * the figure
   */
  value: number;
  /**
   * lower bound of the 95 % interval; null for fewer than two tiles
   */
  low95: number | null;
  /**
   * upper bound of the 95 % interval; null for fewer than two tiles
   */
  high95: number | null;
}
export interface DetectionLimit {
  /**
   * the smallest equivalent diameter that magnification and model can see
   */
  diameterUm: number;
  /**
   * share of the particles of this size that the model finds
   */
  recall: number;
  /**
   * percentiles under the limit, as paths from here; they tell of the model, not of the powder
   */
  figuresBelow: string[];
}
export interface UncertaintySpread {
  /**
   * of the mean area
   */
  areaMean: number;
  /**
   * of the mean diameter
   */
  diameterMean: number;
  /**
   * of D10 by number
   */
  diameterD10: number;
  /**
   * of D50 by number
   */
  diameterD50: number;
  /**
   * of D90 by number
   */
  diameterD90: number;
  /**
   * of D50 by volume
   */
  diameterByVolumeD50: number;
}
/**
 * how it was imaged, as ISO 13322-1 asks to be reported
 */
export interface Acquisition {
  /**
   * the instrument, as its files name it
   */
  microscope: {
    /**
     * type of the instrument; `mixed: ` and all of them where tiles differ; null where no file says
     */
    type: string | null;
    /**
     * its serial number; `mixed: ` and all of them where tiles differ; null where no file says
     */
    serialNumber: string | null;
    /**
     * version of its software; `mixed: ` and all of them where tiles differ; null where no file says
     */
    softwareVersion: string | null;
  };
  /**
   * tiles that this is of: those that the figures rest on
   */
  tiles: number;
  /**
   * displayed magnification: display width over field width; null where no file says
   */
  magnification: RangeIn1 | null;
  /**
   * `file`, or `configured-display-width` where the file says no width of the display; `mixed: ` and all of them where tiles differ; null where no file says
   */
  magnificationSource: string | null;
  /**
   * width of the field of view; null where no file says
   */
  fieldWidthUm: RangeInUm | null;
  /**
   * height of the field of view, without a data bar; null where no file says
   */
  fieldHeightUm: RangeInUm1 | null;
  /**
   * area that the tiles show together, what several show counted once
   */
  imagedAreaMm2: number;
  /**
   * particles over the imaged area, each with its weight at borders; null without a tile
   */
  particlesPerMm2: number | null;
  /**
   * accelerating voltage, without its sign; null where no file says
   */
  acceleratingVoltageKv: RangeInKV | null;
  /**
   * detector; `mixed: ` and all of them where tiles differ; null where no file says
   */
  detector: string | null;
  /**
   * working distance; null where no file says
   */
  workingDistanceMm: RangeInMm | null;
  /**
   * time of the beam on a pixel, of one frame; null where no file says
   */
  dwellTimeNs: RangeInNs | null;
  /**
   * frames averaged; null where no file says
   */
  integrations: RangeIn11 | null;
  /**
   * spot size, as the instrument's own number; null where no file says
   */
  spotSize: RangeIn12 | null;
}
export interface RangeIn1 {
  /**
   * of the tile with the least
   */
  min: number;
  /**
   * the greatest
   */
  max: number;
}
export interface RangeInUm {
  /**
   * of the tile with the least
   */
  min: number;
  /**
   * the greatest
   */
  max: number;
}
export interface RangeInUm1 {
  /**
   * of the tile with the least
   */
  min: number;
  /**
   * the greatest
   */
  max: number;
}
export interface RangeInKV {
  /**
   * of the tile with the least
   */
  min: number;
  /**
   * the greatest
   */
  max: number;
}
export interface RangeInMm {
  /**
   * of the tile with the least
   */
  min: number;
  /**
   * the greatest
   */
  max: number;
}
export interface RangeInNs {
  /**
   * of the tile with the least
   */
  min: number;
  /**
   * the greatest
   */
  max: number;
}
export interface RangeIn11 {
  /**
   * of the tile with the least
   */
  min: number;
  /**
   * the greatest
   */
  max: number;
}
export interface RangeIn12 {
  /**
   * of the tile with the least
   */
  min: number;
  /**
   * the greatest
   */
  max: number;
}
/**
 * whether the tiles are enough for the precision asked for
 */
export interface Sufficiency {
  /**
   * whether the target was reached once; it stays so, and a controller may end the scan
   */
  sufficient: boolean;
  /**
   * when it was reached first, ISO 8601 in UTC; else null
   */
  reachedAt: string | null;
  /**
   * half the 95 % interval over the figure, as asked for
   */
  targetRelativeHalfWidth: number;
  /**
   * percentiles of the published diameter by number that must all reach it
   */
  figures: ("d10" | "d50" | "d90")[];
  /**
   * as it is now; null while there is no interval
   */
  relativeHalfWidth: {
    /**
     * of D10
     */
    d10: number | null;
    /**
     * of D50
     */
    d50: number | null;
    /**
     * of D90
     */
    d90: number | null;
  };
  /**
   * more tiles of the same kind for the target; 0 once it is reached, null while it cannot be told
   */
  tilesNeeded: number | null;
}
export interface Decision {
  /**
   * accept: the true D50 lies in the target with the required probability; reject: outside with that probability; more-tiles, reimage: what would decide
   */
  verdict: "accept" | "reject" | "more-tiles" | "reimage";
  /**
   * that the true D50 lies in the target; null while nothing can be said
   */
  probability: number | null;
  target: Target;
  /**
   * more tiles that would decide; null where none are asked for or no number would
   */
  moreTiles: number | null;
  /**
   * the verdict in words, with its numbers
   */
  reason: string;
}
/**
 * what was asked for
 */
export interface Target {
  /**
   * where the median shall lie
   */
  d50Um: {
    /**
     * least median of the published diameter by number
     */
    min: number;
    /**
     * greatest
     */
    max: number;
  };
  /**
   * required probability that it lies there, or that it does not
   */
  probability: number;
}
/**
 * tiles whose imaging is not good enough
 */
export interface Imaging {
  /**
   * segmented tiles that are left out of the statistics
   */
  tiles: {
    /**
     * SHA-256 of the file, hexadecimal: the identity of the tile
     */
    contentHash: string;
    /**
     * name of the file, without its folder
     */
    file: string;
    /**
     * row in the grid, 0 is the highest stage y; null while unknown
     */
    row: number | null;
    /**
     * column in the grid, 0 is the lowest stage x; null while unknown
     */
    column: number | null;
    /**
     * what is wrong with the image
     */
    causes: ("blurred" | "charged" | "saturated" | "drifted")[];
    /**
     * the same in words, with value and limit
     */
    reason: string;
  }[];
  /**
   * focus: the median softness of edges of all segmented tiles, as the standard deviation of a Gaussian; null where none has edges enough; not in summaries of versions before
   */
  edgeBlurMedianPx?: number | null;
}
export interface PlaceToImageAgain {
  /**
   * name of the file that was not good enough; null for a missing tile
   */
  file: string | null;
  /**
   * row in the grid, 0 is the highest stage y; null while unknown
   */
  row: number | null;
  /**
   * column in the grid, 0 is the lowest stage x; null while unknown
   */
  column: number | null;
  /**
   * where to go: the centre of the tile on the sample stage
   */
  stagePositionUm: {
    /**
     * to the right
     */
    x: number;
    /**
     * up
     */
    y: number;
  };
  /**
   * why; missing: no tile has come from there
   */
  causes: ("blurred" | "charged" | "saturated" | "drifted" | "failed" | "missing")[];
}
/**
 * whether the sample is the same all over the grid
 */
export interface Uniformity {
  /**
   * of the tiles' mean log diameters; null where it cannot be told
   */
  diameter: MoranSI | null;
  /**
   * of particles counted a tile; null where it cannot be told
   */
  count: MoranSI1 | null;
  /**
   * one entry for each tile that has a place on the grid
   */
  map: {
    /**
     * row of the tile
     */
    row: number;
    /**
     * column of the tile
     */
    column: number;
    /**
     * particles of the tile
     */
    count: number;
    /**
     * geometric mean diameter; null for a tile without particles
     */
    diameterMeanUm: number | null;
  }[];
}
export interface MoranSI {
  /**
   * Moran's I: near 0 without a pattern, towards 1 where neighbours are alike
   */
  moranI: number;
  /**
   * its expectation without a pattern, -1 / (n - 1)
   */
  expected: number;
  /**
   * chance of an I as far from that without a pattern, two-sided
   */
  pValue: number;
  /**
   * tiles it rests on
   */
  tiles: number;
}
export interface MoranSI1 {
  /**
   * Moran's I: near 0 without a pattern, towards 1 where neighbours are alike
   */
  moranI: number;
  /**
   * its expectation without a pattern, -1 / (n - 1)
   */
  expected: number;
  /**
   * chance of an I as far from that without a pattern, two-sided
   */
  pValue: number;
  /**
   * tiles it rests on
   */
  tiles: number;
}
export interface Model {
  /**
   * name of the model folder
   */
  name: string;
  /**
   * SHA-256 of the model file, hexadecimal
   */
  sha256: string;
  /**
   * thresholds by the names of the model manifest; shares from 0 to 1, areas in px
   */
  thresholds: {
    [k: string]: number;
  };
  /**
   * exact: its 8-bit products were computed in floating point, since they could saturate or the processor did not give the known answer otherwise; missing in results of versions before: as-shipped
   */
  arithmetic?: "as-shipped" | "exact";
}
