import { type Calibration, calibrationOf } from '../calibration/reliability.ts';
import { diameterAtRecall, recallBySize, type SizeClassRecall } from '../sizes/size-recall.ts';
import { IOU_THRESHOLDS } from './detection.ts';
import { edgeErrorBySize, type SizeClassEdgeError } from './edge-error.ts';
import { type MeanScore, meanScore } from './image-score.ts';
import type { JudgedImage } from './judged-image.ts';

/** Mean precision, recall and F1 over the images, at one IoU threshold. */
export interface MeanDetection {
  readonly iouThreshold: number;
  readonly precisionMean: number;
  readonly recallMean: number;
  readonly f1Mean: number;
}

/** One model's figures over a set of labelled images. */
export interface ModelScore extends MeanScore {
  readonly ajiPlusMedian: number;
  /** At IoU over 0.5, 0.55, ... 0.95. */
  readonly detections: readonly MeanDetection[];
  /** Confidence against "this instance has an IoU over 0.5 with a particle"; null without confidences. */
  readonly calibration: Calibration | null;
  /** Of the instances called certain alone, at an IoU over 0.5; null where the prediction does not say. */
  readonly precisionCertainMean: number | null;
  readonly recallCertainMean: number | null;
  /** Instances called certain and uncertain; null where the prediction does not say. */
  readonly particlesCertain: number | null;
  readonly particlesUncertain: number | null;
  /** Over the particles of all images together. */
  readonly recallBySize: readonly SizeClassRecall[];
  /** The smallest diameter seen with this recall, as a share of the longest side; null: never. */
  readonly diameterRecall50Share: number | null;
  readonly diameterRecall80Share: number | null;
  readonly edgeErrorBySize: readonly SizeClassEdgeError[];
  readonly cases: readonly Case[];
}

/** One image's main figures. */
export interface Case {
  readonly name: string;
  readonly ajiPlus: number;
  readonly precision: number;
  readonly recall: number;
  readonly countTruth: number;
  readonly countPredicted: number;
}

/** @returns null without images. */
export function modelScore(images: readonly JudgedImage[]): ModelScore | null {
  const scores = images.map(({ score }) => score);
  const means = meanScore(scores);
  if (means === null) return null;
  // One image without opinions leaves the set without them.
  const verdicts = images.every((image) => image.verdicts !== null)
    ? images.flatMap((image) => image.verdicts ?? [])
    : null;
  const trueParticles = images.flatMap((image) => image.trueParticles);
  return {
    ...means,
    ajiPlusMedian: median(scores.map(({ ajiPlus }) => ajiPlus)),
    detections: IOU_THRESHOLDS.map((iouThreshold, index) => {
      const meanOf = (of: 'precision' | 'recall' | 'f1') =>
        scores.reduce((sum, score) => sum + score.detections[index]![of], 0) / scores.length;
      return {
        iouThreshold,
        precisionMean: meanOf('precision'),
        recallMean: meanOf('recall'),
        f1Mean: meanOf('f1'),
      };
    }),
    calibration:
      verdicts &&
      calibrationOf(
        verdicts.map(({ confidence }) => confidence),
        verdicts.map(({ right }) => right),
      ),
    precisionCertainMean: certainMean(images, 'precision'),
    recallCertainMean: certainMean(images, 'recall'),
    particlesCertain: verdicts?.filter(({ certain }) => certain).length ?? null,
    particlesUncertain: verdicts?.filter(({ certain }) => !certain).length ?? null,
    recallBySize: recallBySize(trueParticles),
    diameterRecall50Share: diameterAtRecall(trueParticles, 0.5),
    diameterRecall80Share: diameterAtRecall(trueParticles, 0.8),
    edgeErrorBySize: edgeErrorBySize(trueParticles),
    cases: images.map(({ name, score }) => ({
      name,
      ajiPlus: score.ajiPlus,
      precision: score.precision,
      recall: score.recall,
      countTruth: score.countTruth,
      countPredicted: score.countPredicted,
    })),
  };
}

function certainMean(images: readonly JudgedImage[], of: 'precision' | 'recall'): number | null {
  let sum = 0;
  for (const { certainOnly } of images) {
    if (certainOnly === null) return null;
    sum += certainOnly[of];
  }
  return sum / images.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
