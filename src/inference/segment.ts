import type { Mask } from '../measure/mask.ts';

/** One particle of the combined segmentation. */
export interface Segment {
  readonly mask: Mask;
  readonly objectness: number;
  /** The bins' centres weighted by their probabilities, 0 to 1; once calibrated, the chance to be right. */
  readonly confidence: number;
  readonly certain: boolean;
}
