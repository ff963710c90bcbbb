import type { Detections } from '../../src/inference/detections.ts';

/** One region of a made-up network output. */
export interface Region {
  readonly box: readonly [x1: number, y1: number, x2: number, y2: number];
  readonly objectness: number;
  /** The bin with all the probability, 0 to 5. */
  readonly bin: number;
  /** Activation of each cell of the 28 x 28 mask; 1 everywhere by default. */
  readonly activation?: (column: number, row: number) => number;
}

/** What a network with k = 6 bins would say of these regions. */
export function detectionsOf(regions: readonly Region[]): Detections {
  const masks = new Float32Array(regions.length * 28 * 28);
  const semScores = new Float32Array(regions.length * 6);
  for (const [i, { bin, activation = () => 1 }] of regions.entries()) {
    semScores[i * 6 + bin] = 1;
    for (let row = 0; row < 28; row++) {
      for (let column = 0; column < 28; column++)
        masks[(i * 28 + row) * 28 + column] = activation(column, row);
    }
  }
  return {
    count: regions.length,
    boxes: Float32Array.from(regions.flatMap(({ box }) => box)),
    scores: Float32Array.from(regions.map(({ objectness }) => objectness)),
    semScores,
    bins: 6,
    masks,
    maskWidth: 28,
    maskHeight: 28,
    maskSpan: 'roi-masks',
  };
}
