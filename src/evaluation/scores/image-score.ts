import { type LabelImage, type OverlapTable, overlapTable } from '../label-image.ts';
import { type SizeError, sizeError } from '../sizes/size-error.ts';
import { ajiPlusOf } from './aji-plus.ts';
import {
  countError,
  type Detection,
  detectionAt,
  foregroundIou,
  IOU_THRESHOLDS,
  panopticQualityOf,
} from './detection.ts';
import { matchOneToOne } from './matching.ts';

/** One image's prediction held against its truth. */
export interface ImageScore {
  readonly ajiPlus: number;
  /** At IoU over 0.5, 0.55, ... 0.95. */
  readonly detections: readonly Detection[];
  /** At an IoU over 0.5. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Mean F1 over all the thresholds. */
  readonly f1OverThresholds: number;
  readonly panopticQuality: number;
  readonly segmentationQuality: number;
  readonly recognitionQuality: number;
  readonly foregroundIou: number;
  readonly countTruth: number;
  readonly countPredicted: number;
  /** Predicted less true particles. */
  readonly countError: number;
  /** Null where the truth or the prediction is empty. */
  readonly sizeError: SizeError | null;
}

/** The scores of several images, every image weighing the same. */
export interface MeanScore {
  readonly images: number;
  readonly ajiPlusMean: number;
  readonly precisionMean: number;
  readonly recallMean: number;
  readonly f1Mean: number;
  readonly f1OverThresholdsMean: number;
  readonly panopticQualityMean: number;
  readonly segmentationQualityMean: number;
  readonly recognitionQualityMean: number;
  readonly foregroundIouMean: number;
  readonly countErrorMean: number;
  readonly countErrorAbsoluteMean: number;
  /** Over the images that have one: the mean shows a bias, the mean of absolute values the typical error. */
  readonly sizeErrorMean: SizeError | null;
  readonly sizeErrorAbsoluteMean: SizeError | null;
  readonly imagesWithSizeError: number;
}

/** @throws RangeError when the images differ in size. */
export function scoreImage(truth: LabelImage, predicted: LabelImage): ImageScore {
  return scoreTable(overlapTable(truth, predicted));
}

/** The same from the counted pixels. */
export function scoreTable(table: OverlapTable): ImageScore {
  const detections = IOU_THRESHOLDS.map((threshold) => detectionAt(table, threshold));
  const { precision, recall, f1 } = detections[0]!;
  return {
    ajiPlus: ajiPlusOf(table, matchOneToOne(table)),
    detections,
    precision,
    recall,
    f1,
    f1OverThresholds: mean(detections.map((detection) => detection.f1)),
    ...panopticQualityOf(table),
    foregroundIou: foregroundIou(table),
    countTruth: table.truthAreasPx.size,
    countPredicted: table.predictedAreasPx.size,
    countError: countError(table),
    sizeError: sizeError([...table.truthAreasPx.values()], [...table.predictedAreasPx.values()]),
  };
}

/** @returns null without images. */
export function meanScore(scores: readonly ImageScore[]): MeanScore | null {
  if (scores.length === 0) return null;
  const meanOf = (of: (score: ImageScore) => number) => mean(scores.map(of));
  const sizeErrors = scores.map((score) => score.sizeError).filter((error) => error !== null);
  return {
    images: scores.length,
    ajiPlusMean: meanOf((score) => score.ajiPlus),
    precisionMean: meanOf((score) => score.precision),
    recallMean: meanOf((score) => score.recall),
    f1Mean: meanOf((score) => score.f1),
    f1OverThresholdsMean: meanOf((score) => score.f1OverThresholds),
    panopticQualityMean: meanOf((score) => score.panopticQuality),
    segmentationQualityMean: meanOf((score) => score.segmentationQuality),
    recognitionQualityMean: meanOf((score) => score.recognitionQuality),
    foregroundIouMean: meanOf((score) => score.foregroundIou),
    countErrorMean: meanOf((score) => score.countError),
    countErrorAbsoluteMean: meanOf((score) => Math.abs(score.countError)),
    sizeErrorMean: meanSizeError(sizeErrors, (value) => value),
    sizeErrorAbsoluteMean: meanSizeError(sizeErrors, Math.abs),
    imagesWithSizeError: sizeErrors.length,
  };
}

function meanSizeError(errors: readonly SizeError[], as: (value: number) => number): SizeError | null {
  if (errors.length === 0) return null;
  return {
    areaMean: mean(errors.map(({ areaMean }) => as(areaMean))),
    d10: mean(errors.map(({ d10 }) => as(d10))),
    d50: mean(errors.map(({ d50 }) => as(d50))),
    d90: mean(errors.map(({ d90 }) => as(d90))),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
