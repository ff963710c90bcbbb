import { type LabelImage, overlapTable } from '../label-image.ts';
import { masksById } from '../painted-labels.ts';
import type { SizedParticle } from '../sizes/size-recall.ts';
import { type Detection, sharesOf } from './detection.ts';
import { type EdgeError, edgeError } from './edge-error.ts';
import { type ImageScore, scoreTable } from './image-score.ts';
import { overlappingPairs } from './matching.ts';

/** What a prediction says of itself, for the instance 1..n of the label image in turn. */
export interface Opinion {
  /** 0 to 1, both. */
  readonly objectness: number;
  readonly confidence: number;
  readonly certain: boolean;
}

/** One image of a set held against its truth: all that a model's score needs of it, without pixels. */
export interface JudgedImage {
  readonly name: string;
  readonly score: ImageScore;
  /** Opinions with the truth about each; null where the prediction gives none. */
  readonly verdicts: readonly Verdict[] | null;
  /** Of the instances called certain alone, at an IoU over 0.5; null as the verdicts. */
  readonly certainOnly: Pick<Detection, 'precision' | 'recall'> | null;
  readonly trueParticles: readonly TrueParticle[];
}

export interface TrueParticle extends SizedParticle {
  /** Of the predicted outline; null where it was not found. */
  readonly edge: EdgeError | null;
}

/** An instance is right when its IoU with a particle is over 0.5; at most one of both can be so. */
export interface Verdict extends Opinion {
  readonly right: boolean;
}

/**
 * @param opinions one for each of the labels 1..n of `predicted`; null where there are none.
 * @throws RangeError when the images differ in size.
 */
export function judgeImage(
  name: string,
  truth: LabelImage,
  predicted: LabelImage,
  opinions: readonly Opinion[] | null,
): JudgedImage {
  const table = overlapTable(truth, predicted);
  const found = overlappingPairs(table).filter(({ iou }) => iou > 0.5);
  const right = new Set(found.map(({ predictedId }) => predictedId));
  const [trueMasks, predictedMasks] = [masksById(truth), masksById(predicted)];
  const edges = new Map(
    found.map(({ truthId, predictedId }) => [
      truthId,
      edgeError(trueMasks.get(truthId)!, predictedMasks.get(predictedId)!, truth),
    ]),
  );
  const longestSidePx = Math.max(truth.widthPx, truth.heightPx);
  // Only what is named: whoever gave the opinions may hold masks with them.
  const verdicts =
    opinions?.map(({ objectness, confidence, certain }, index) => ({
      objectness,
      confidence,
      certain,
      right: right.has(index + 1),
    })) ?? null;
  return {
    name,
    score: scoreTable(table),
    verdicts,
    certainOnly: verdicts && certainShares(verdicts, table.truthAreasPx.size),
    trueParticles: [...table.truthAreasPx].map(([id, areaPx]) => ({
      diameterShare: Math.sqrt((4 * areaPx) / Math.PI) / longestSidePx,
      found: edges.has(id),
      edge: edges.get(id) ?? null,
    })),
  };
}

function certainShares(verdicts: readonly Verdict[], truth: number): Pick<Detection, 'precision' | 'recall'> {
  const certain = verdicts.filter((verdict) => verdict.certain);
  const truePositives = certain.filter((verdict) => verdict.right).length;
  const { precision, recall } = sharesOf({ truePositives, predicted: certain.length, truth });
  return { precision, recall };
}
