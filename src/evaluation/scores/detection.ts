import type { OverlapTable } from '../label-image.ts';
import { overlappingPairs } from './matching.ts';

/** How many particles were found, at one threshold of the intersection over union. */
export interface Detection {
  readonly iouThreshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly precision: number;
  readonly recall: number;
  /** Harmonic mean of precision and recall. */
  readonly f1: number;
}

/** Panoptic quality: how well the found particles are outlined, times how well particles are found. */
export interface PanopticQuality {
  readonly panopticQuality: number;
  /** Mean IoU of the true positives; 0 where there is none. */
  readonly segmentationQuality: number;
  /** F1 at an IoU over 0.5. */
  readonly recognitionQuality: number;
}

/** 0.5 to 0.95 in steps of 0.05, as COCO evaluates. */
export const IOU_THRESHOLDS: readonly number[] = Array.from(
  { length: 10 },
  (_, step) => (50 + 5 * step) / 100,
);

/**
 * A particle is found when a predicted one has an IoU over the threshold with it. From 0.5 on there is at
 * most one such partner for either (Kirillov et al. 2019, arXiv:1801.00868, section 4.1), so no matching is
 * needed; the one-to-one matching of AJI+ may even sacrifice such a pair for a greater total.
 *
 * Where there is nothing to find and nothing is predicted, all is right: precision, recall and F1 are 1.
 *
 * @param iouThreshold 0.5 or more, below 1.
 */
export function detectionAt(table: OverlapTable, iouThreshold: number): Detection {
  if (!(iouThreshold >= 0.5 && iouThreshold < 1)) {
    throw new RangeError(`the IoU threshold is ${iouThreshold}, must be at least 0.5 and below 1`);
  }
  const truePositives = overlappingPairs(table).filter(({ iou }) => iou > iouThreshold).length;
  const counts = { truePositives, predicted: table.predictedAreasPx.size, truth: table.truthAreasPx.size };
  return {
    iouThreshold,
    truePositives,
    falsePositives: counts.predicted - truePositives,
    falseNegatives: counts.truth - truePositives,
    ...sharesOf(counts),
  };
}

/** Precision, recall and F1 from counts; all 1 where there is nothing to find and nothing is predicted. */
export function sharesOf(counts: {
  readonly truePositives: number;
  readonly predicted: number;
  readonly truth: number;
}): Pick<Detection, 'precision' | 'recall' | 'f1'> {
  const { truePositives, predicted, truth } = counts;
  const share = (of: number) => (of === 0 ? Number(predicted + truth === 0) : truePositives / of);
  return { precision: share(predicted), recall: share(truth), f1: share((predicted + truth) / 2) };
}

/**
 * Kirillov et al. 2019 (arXiv:1801.00868, equation 1): PQ = SQ x RQ, with SQ the sum of IoU over the true
 * positives divided by their number TP, and RQ = TP / (TP + FP / 2 + FN / 2). All 1 for two empty images.
 */
export function panopticQualityOf(table: OverlapTable): PanopticQuality {
  const { truePositives, f1 } = detectionAt(table, 0.5);
  const found = overlappingPairs(table).filter(({ iou }) => iou > 0.5);
  const iouTotal = found.reduce((total, { iou }) => total + iou, 0);
  const segmentationQuality = truePositives === 0 ? f1 : iouTotal / truePositives;
  return { panopticQuality: segmentationQuality * f1, segmentationQuality, recognitionQuality: f1 };
}

/** IoU of any particle against background, whichever particle it is; 1 for two empty images. */
export function foregroundIou({ truthAreasPx, predictedAreasPx, overlaps }: OverlapTable): number {
  const shared = overlaps.reduce((total, { pixels }) => total + pixels, 0);
  const areas = [...truthAreasPx.values(), ...predictedAreasPx.values()];
  const union = areas.reduce((total, area) => total + area, 0) - shared;
  return union === 0 ? 1 : shared / union;
}

/** Predicted particles more (or less) than there are. */
export function countError({ truthAreasPx, predictedAreasPx }: OverlapTable): number {
  return predictedAreasPx.size - truthAreasPx.size;
}
