import type { Detections } from '../../src/inference/detections.ts';

/** One region of a made-up network output. */
export interface Region {
  readonly box: readonly [x1: number, y1: number, x2: number, y2: number];
  readonly objectness: number;
  /** The bin with all the probability, 0 to 5. */
  readonly bin: number;
  /** Activation of each cell of the mask; 1 everywhere by default. */
  readonly activation?: (column: number, row: number) => number;
}

/** What a network with k = 6 bins and masks of `side` x `side` cells would say of these regions. */
export function detectionsOf(regions: readonly Region[], side = 28): Detections {
  const masks = new Float32Array(regions.length * side * side);
  const semScores = new Float32Array(regions.length * 6);
  for (const [i, { bin, activation = () => 1 }] of regions.entries()) {
    semScores[i * 6 + bin] = 1;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++)
        masks[(i * side + row) * side + column] = activation(column, row);
    }
  }
  return {
    count: regions.length,
    boxes: Float32Array.from(regions.flatMap(({ box }) => box)),
    scores: Float32Array.from(regions.map(({ objectness }) => objectness)),
    semScores,
    bins: 6,
    masks,
    maskWidth: side,
    maskHeight: side,
    maskSpan: 'roi-masks',
    limitsReached: [],
  };
}
