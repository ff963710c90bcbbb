/** Instances painted into one image, row by row: 0 is background, every other value one particle. */
export interface LabelImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly labels: Uint16Array | Int32Array;
}

/** Pixels that a particle of the truth shares with a predicted one. */
export interface Overlap {
  readonly truthId: number;
  readonly predictedId: number;
  readonly pixels: number;
}

/** Two label images of one view, counted: all that the scores need to know of their pixels. */
export interface OverlapTable {
  /** Pixels of each particle, by its id. */
  readonly truthAreasPx: ReadonlyMap<number, number>;
  readonly predictedAreasPx: ReadonlyMap<number, number>;
  /** Pairs that share at least one pixel. */
  readonly overlaps: readonly Overlap[];
}

/** Pixels of each instance, by its id. Ids need not be consecutive. */
export function instanceAreasPx(image: LabelImage): Map<number, number> {
  assertComplete(image, 'label image');
  const areas = new Map<number, number>();
  let current = 0;
  let run = 0;
  const addRun = () => {
    if (current !== 0) areas.set(current, (areas.get(current) ?? 0) + run);
  };
  // By index: the iterator of a typed array of either kind takes three times as long.
  for (let pixel = 0; pixel < image.labels.length; pixel += 1) {
    const label = image.labels[pixel]!;
    if (label !== current) {
      addRun();
      current = label;
      run = 0;
    }
    run += 1;
  }
  addRun();
  return areas;
}

/** @throws RangeError when the images differ in size or one holds too few or too many labels. */
export function overlapTable(truth: LabelImage, predicted: LabelImage): OverlapTable {
  assertComplete(truth, 'truth');
  assertComplete(predicted, 'prediction');
  if (truth.widthPx !== predicted.widthPx || truth.heightPx !== predicted.heightPx) {
    throw new RangeError(
      `the prediction has ${predicted.widthPx} x ${predicted.heightPx} px, the truth ${truth.widthPx} x ` +
        `${truth.heightPx} px: score a prediction at the truth's own size`,
    );
  }
  return {
    truthAreasPx: instanceAreasPx(truth),
    predictedAreasPx: instanceAreasPx(predicted),
    overlaps: sharedPixels(truth.labels, predicted.labels),
  };
}

function sharedPixels(truth: LabelImage['labels'], predicted: LabelImage['labels']): Overlap[] {
  const shared = new Map<number, Map<number, number>>();
  let truthId = 0;
  let predictedId = 0;
  let run = 0;
  const addRun = () => {
    if (truthId === 0 || predictedId === 0) return;
    const row = shared.get(truthId) ?? new Map<number, number>();
    if (row.size === 0) shared.set(truthId, row);
    row.set(predictedId, (row.get(predictedId) ?? 0) + run);
  };
  // Neighbours mostly belong to the same pair: whole runs are looked up, not pixels.
  for (let pixel = 0; pixel < truth.length; pixel += 1) {
    if (truth[pixel] !== truthId || predicted[pixel] !== predictedId) {
      addRun();
      truthId = truth[pixel]!;
      predictedId = predicted[pixel]!;
      run = 0;
    }
    run += 1;
  }
  addRun();
  return [...shared].flatMap(([truthId, row]) =>
    [...row].map(([predictedId, pixels]) => ({ truthId, predictedId, pixels })),
  );
}

function assertComplete({ widthPx, heightPx, labels }: LabelImage, name: string): void {
  if (labels.length !== widthPx * heightPx) {
    throw new RangeError(
      `the ${name} holds ${labels.length} labels, expected ${widthPx} x ${heightPx} = ${widthPx * heightPx}`,
    );
  }
}
