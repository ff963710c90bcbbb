/** What a set of thresholds reaches; precision and recall at an IoU over 0.5. */
export interface ThresholdScore {
  readonly ajiPlus: number;
  readonly precision: number;
  readonly recall: number;
}

/** The mean over the images, or over the sets of images. */
export function meanThresholdScore(scores: readonly ThresholdScore[]): ThresholdScore {
  const meanOf = (of: (score: ThresholdScore) => number) =>
    scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  return {
    ajiPlus: meanOf(({ ajiPlus }) => ajiPlus),
    precision: meanOf(({ precision }) => precision),
    recall: meanOf(({ recall }) => recall),
  };
}

/**
 * What a search raises: AJI+ where the precision is enough. Below, precision itself, less 1 so that it is worse
 * than any AJI+: a search that starts there climbs to enough precision first.
 */
export function searchedFigure({ ajiPlus, precision }: ThresholdScore, leastPrecision: number): number {
  return precision >= leastPrecision ? ajiPlus : precision - 1;
}
