import type { GreyImage } from '../../watcher/image/grey-image.ts';
import type { LabelImage } from '../label-image.ts';
import type { Opinion } from '../scores/judged-image.ts';
import { type Picture, thumbnail } from './thumbnail.ts';

/** A drawn case and its score. */
export interface DrawnCase {
  readonly name: string;
  readonly ajiPlus: number;
  readonly picture: Picture;
}

interface SeenCase {
  readonly judged: { readonly name: string; readonly score: { readonly ajiPlus: number } };
  readonly image: GreyImage;
  readonly truth: LabelImage;
  readonly prediction: { readonly labels: LabelImage; readonly opinions: readonly Opinion[] | null };
}

const EACH = 6;

/** The worst and the best cases of a run, drawn as they pass so that no image stays in memory. */
export class CaseExtremes {
  /** Ascending by AJI+: the worst first. */
  worst: readonly DrawnCase[] = [];
  /** Descending: the best first. A case may be in both lists of a small set. */
  best: readonly DrawnCase[] = [];

  see({ judged: { name, score }, image, truth, prediction }: SeenCase): void {
    const { ajiPlus } = score;
    const isBad = this.worst.length < EACH || ajiPlus < this.worst.at(-1)!.ajiPlus;
    const isGood = this.best.length < EACH || ajiPlus > this.best.at(-1)!.ajiPlus;
    if (!isBad && !isGood) return;
    const picture = thumbnail(image, truth, prediction.labels, prediction.opinions);
    const drawn = { name, ajiPlus, picture };
    if (isBad) this.worst = [...this.worst, drawn].sort((a, b) => a.ajiPlus - b.ajiPlus).slice(0, EACH);
    if (isGood) this.best = [...this.best, drawn].sort((a, b) => b.ajiPlus - a.ajiPlus).slice(0, EACH);
  }
}
