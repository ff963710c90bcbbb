import {
  type Candidate,
  candidateIou,
  candidatesOf,
  isObjective,
  keptCandidates,
} from '../inference/combine-masks.ts';
import type { Detections } from '../inference/detections.ts';
import type { Thresholds } from '../inference/manifest.ts';
import type { TileFrame } from '../inference/place-mask.ts';
import { snapEdge } from '../inference/snap-edge.ts';
import { mainComponent } from '../measure/components.ts';
import type { Mask } from '../measure/mask.ts';
import type { GreyImage } from '../watcher/grey-image.ts';
import { ajiPlusOf } from './aji-plus.ts';
import { detectionAt } from './detection.ts';
import { type LabelImage, overlapTable } from './label-image.ts';
import { matchOneToOne } from './matching.ts';
import { paintedLabels } from './painted-labels.ts';
import type { ThresholdScore } from './threshold-score.ts';

/** Every region the network gave, whatever its objectness. */
const LOWEST_FLOORS = { objectnessCertain: 0, objectnessUncertain: 0 };

/**
 * One labelled image and what the network said of it: scores what the shipped pipeline would find with any
 * thresholds, without the network. Masks and their overlaps are kept while the activation stays the same, and
 * the score of every set of regions that was once kept.
 */
export class ThresholdTrial {
  readonly #found: Detections;
  readonly #image: GreyImage;
  readonly #frame: TileFrame;
  readonly #truth: LabelImage;
  readonly #scores = new Map<string, ThresholdScore>();
  #cut: Cut | null = null;

  constructor(found: Detections, image: GreyImage, frame: TileFrame, truth: LabelImage) {
    this.#found = found;
    this.#image = image;
    this.#frame = frame;
    this.#truth = truth;
  }

  score(thresholds: Thresholds): ThresholdScore {
    const { maskActivation } = thresholds;
    if (this.#cut?.maskActivation !== maskActivation)
      this.#cut = cutAt(this.#found, this.#image, this.#frame, maskActivation);
    const { candidates, iouOf, outlineOf } = this.#cut;
    const objective = candidates.filter((candidate) => isObjective(candidate, thresholds));
    const kept = keptCandidates(objective, this.#frame, thresholds, iouOf);
    const name = `${maskActivation}: ${kept.map(({ index }) => index).join(' ')}`;
    const score = this.#scores.get(name) ?? this.#scoreOf(kept.map(outlineOf));
    this.#scores.set(name, score);
    return score;
  }

  #scoreOf(masks: readonly Mask[]): ThresholdScore {
    const { widthPx, heightPx } = this.#frame;
    const table = overlapTable(this.#truth, paintedLabels(widthPx, heightPx, masks));
    const { precision, recall } = detectionAt(table, 0.5);
    return { ajiPlus: ajiPlusOf(table, matchOneToOne(table)), precision, recall };
  }
}

/** All regions with their masks cut at one activation. */
interface Cut {
  readonly maskActivation: number;
  readonly candidates: readonly Candidate[];
  readonly iouOf: (a: Candidate, b: Candidate) => number;
  readonly outlineOf: (candidate: Candidate) => Mask;
}

function cutAt(found: Detections, image: GreyImage, frame: TileFrame, maskActivation: number): Cut {
  const known = new Map<number, number>();
  const outlines = new Map<Candidate, Mask>();
  return {
    maskActivation,
    candidates: candidatesOf(found, frame, { ...LOWEST_FLOORS, maskActivation }),
    iouOf: (a, b) => {
      const pair = a.index * found.count + b.index;
      const iou = known.get(pair) ?? candidateIou(a, b);
      known.set(pair, iou);
      return iou;
    },
    outlineOf: (candidate) => {
      const outline = outlines.get(candidate) ?? mainComponent(snapEdge(candidate.mask, image));
      outlines.set(candidate, outline);
      return outline;
    },
  };
}
