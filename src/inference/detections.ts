/**
 * What a network says of one image, before the masks are combined.
 * `count` regions; coordinates are pixels of the network's input.
 */
export interface Detections {
  readonly count: number;
  /** [count, 4]: x1, y1, x2, y2. */
  readonly boxes: Float32Array;
  /** Objectness [count], 0 to 1. */
  readonly scores: Float32Array;
  /** Confidence bins [count, bins], lowest confidence first. */
  readonly semScores: Float32Array;
  readonly bins: number;
  /** Activations [count, maskHeight, maskWidth], 0 to 1. */
  readonly masks: Float32Array;
  readonly maskWidth: number;
  readonly maskHeight: number;
  /** Whether a mask spans its region's box or the network's whole input. */
  readonly maskSpan: 'roi-masks' | 'full-masks';
  /** Limits of the network at which something was, or may have been, left out; empty too where it does not tell. */
  readonly limitsReached: readonly NetworkLimit[];
}

/** Where a network has room for so many and no more, in the order of its work. */
export type NetworkLimit = 'proposals-of-a-size' | 'proposals' | 'detections';
