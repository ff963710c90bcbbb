import { combineLooks } from '../../inference/looks/combine-looks.ts';
import type { Judge, Sighting } from '../../inference/looks/judge.ts';
import type { TileLook } from '../../inference/looks/look.ts';
import { type Candidate, candidatesOf, isObjective, sharedPx } from '../../inference/masks/candidate.ts';
import { snapEdge } from '../../inference/masks/snap-edge.ts';
import type { Thresholds } from '../../inference/model/manifest.ts';
import { mainComponent } from '../../measure/components.ts';
import type { Mask } from '../../measure/mask.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import { type LabelImage, overlapTable } from '../label-image.ts';
import { paintedLabels } from '../painted-labels.ts';
import { ajiPlusOf } from '../scores/aji-plus.ts';
import { detectionAt } from '../scores/detection.ts';
import { matchOneToOne } from '../scores/matching.ts';
import type { ThresholdScore } from './score.ts';

/** Every region the network gave, whatever its objectness. */
const LOWEST_FLOORS = { objectnessCertain: 0, objectnessUncertain: 0 };

/**
 * One labelled image and what the network said of it: scores what the shipped pipeline would find with any
 * thresholds, without the network. Masks, their overlaps and the score of every set of regions that was once kept are
 * remembered while the activation stays the same.
 */
export class ThresholdTrial {
  readonly #look: TileLook;
  readonly #image: GreyImage;
  readonly #truth: LabelImage;
  #cut: Cut | null = null;

  constructor(look: TileLook, image: GreyImage, truth: LabelImage) {
    this.#look = look;
    this.#image = image;
    this.#truth = truth;
  }

  score(thresholds: Thresholds): ThresholdScore {
    if (this.#cut?.maskActivation !== thresholds.maskActivation)
      this.#cut = new Cut(this.#image, thresholds.maskActivation);
    const cut = this.#cut;
    const kept = combineLooks(this.#look, thresholds, cut.judge(thresholds));
    const name = kept.map((candidate) => cut.numberOf(candidate)).join(' ');
    const score = cut.scores.get(name) ?? this.#scoreOf(kept.map((candidate) => cut.outlineOf(candidate)));
    cut.scores.set(name, score);
    return score;
  }

  #scoreOf(masks: readonly Mask[]): ThresholdScore {
    const { widthPx, heightPx } = this.#truth;
    const table = overlapTable(this.#truth, paintedLabels(widthPx, heightPx, masks));
    const { precision, recall } = detectionAt(table, 0.5);
    return { ajiPlus: ajiPlusOf(table, matchOneToOne(table)), precision, recall };
  }
}

/** All regions with their masks cut at one activation, and what was found out about them. */
class Cut {
  readonly maskActivation: number;
  /** By the numbers of the candidates that were kept. */
  readonly scores = new Map<string, ThresholdScore>();
  readonly #image: GreyImage;
  readonly #candidates = new Map<Sighting, readonly Candidate[]>();
  readonly #numbers = new Map<Candidate, number>();
  readonly #shared = new Map<string, number>();
  readonly #outlines = new Map<Candidate, Mask>();

  constructor(image: GreyImage, maskActivation: number) {
    this.#image = image;
    this.maskActivation = maskActivation;
  }

  judge(thresholds: Thresholds): Judge {
    return {
      candidatesIn: (look) => this.#allOf(look).filter((candidate) => isObjective(candidate, thresholds)),
      shared: (a, b) => {
        const pair = `${this.numberOf(a)} ${this.numberOf(b)}`;
        const known = this.#shared.get(pair) ?? sharedPx(a, b);
        this.#shared.set(pair, known);
        return known;
      },
    };
  }

  /** Pieces that are joined anew each time get a new number each time. */
  numberOf(candidate: Candidate): number {
    const number = this.#numbers.get(candidate) ?? this.#numbers.size;
    this.#numbers.set(candidate, number);
    return number;
  }

  outlineOf(candidate: Candidate): Mask {
    const outline = this.#outlines.get(candidate) ?? mainComponent(snapEdge(candidate.mask, this.#image));
    this.#outlines.set(candidate, outline);
    return outline;
  }

  #allOf(look: Sighting): readonly Candidate[] {
    const { maskActivation } = this;
    const all =
      this.#candidates.get(look) ??
      candidatesOf(look.found, look.frame, { ...LOWEST_FLOORS, maskActivation });
    this.#candidates.set(look, all);
    return all;
  }
}
