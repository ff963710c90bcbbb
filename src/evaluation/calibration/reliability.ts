/** Predictions whose confidence lies in [low, high); the last bin holds 1 as well. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean confidence, and the share that is right; null in an empty bin. */
  readonly confidenceMean: number | null;
  readonly rightShare: number | null;
}

/** Whether confidences mean what they say. */
export interface Calibration {
  readonly count: number;
  readonly bins: readonly ReliabilityBin[];
  /** 0 (confidence equals the share that is right, in every bin) to 1. */
  readonly expectedCalibrationError: number;
  /** Mean squared difference of confidence and right (1) or wrong (0); 0 is best. */
  readonly brierScore: number;
  /** Chance that a right prediction has more confidence than a wrong one; null where all are of one kind. */
  readonly auroc: number | null;
}

const BINS = 10;

/**
 * @param confidences 0 to 1.
 * @param right whether each prediction is right, such as an IoU over 0.5 with a particle.
 * @returns null without predictions.
 * @throws RangeError when the lists differ in length or a confidence lies outside 0 to 1.
 */
export function calibrationOf(confidences: readonly number[], right: readonly boolean[]): Calibration | null {
  if (confidences.length !== right.length) {
    throw new RangeError(`${confidences.length} confidences came with ${right.length} verdicts`);
  }
  const outside = confidences.find((confidence) => !(confidence >= 0 && confidence <= 1));
  if (outside !== undefined) throw new RangeError(`a confidence is ${outside}, must be 0 to 1`);
  const count = confidences.length;
  if (count === 0) return null;

  const predictions = confidences.map((confidence, index) => ({ confidence, right: right[index] ? 1 : 0 }));
  const bins = Array.from({ length: BINS }, (_, bin) =>
    reliabilityBin(
      bin,
      predictions.filter(({ confidence }) => binOf(confidence) === bin),
    ),
  );
  return {
    count,
    bins,
    // Guo et al. 2017 (arXiv:1706.04599, equation 3): sum over bins of n_b / n |right share - mean confidence|.
    expectedCalibrationError: bins.reduce(
      (sum, bin) => sum + (bin.count / count) * Math.abs((bin.rightShare ?? 0) - (bin.confidenceMean ?? 0)),
      0,
    ),
    // Brier 1950, Monthly Weather Review 78: 1-3.
    brierScore: mean(predictions.map((prediction) => (prediction.confidence - prediction.right) ** 2)),
    auroc: areaUnderRoc(predictions),
  };
}

interface Prediction {
  readonly confidence: number;
  readonly right: number;
}

function binOf(confidence: number): number {
  return Math.min(Math.floor(confidence * BINS), BINS - 1);
}

function reliabilityBin(bin: number, predictions: readonly Prediction[]): ReliabilityBin {
  const empty = predictions.length === 0;
  return {
    low: bin / BINS,
    high: (bin + 1) / BINS,
    count: predictions.length,
    confidenceMean: empty ? null : mean(predictions.map(({ confidence }) => confidence)),
    rightShare: empty ? null : mean(predictions.map(({ right }) => right)),
  };
}

/**
 * The Mann-Whitney statistic over all pairs of a right and a wrong prediction (Hanley & McNeil 1982,
 * doi:10.1148/radiology.143.1.7063747): (R - n1 (n1 + 1) / 2) / (n1 n0), R the sum of the ranks of the n1
 * right ones from 1; equal confidences share their mean rank, so that a tie counts one half.
 */
function areaUnderRoc(predictions: readonly Prediction[]): number | null {
  const rightCount = predictions.filter(({ right }) => right === 1).length;
  const wrongCount = predictions.length - rightCount;
  if (rightCount === 0 || wrongCount === 0) return null;
  const sorted = predictions.toSorted((a, b) => a.confidence - b.confidence);
  let rankSum = 0;
  for (let first = 0; first < sorted.length; ) {
    const { confidence } = sorted[first]!;
    let end = first;
    let rightTied = 0;
    for (; end < sorted.length && sorted[end]!.confidence === confidence; end += 1) {
      rightTied += sorted[end]!.right;
    }
    rankSum += rightTied * ((first + 1 + end) / 2);
    first = end;
  }
  return (rankSum - (rightCount * (rightCount + 1)) / 2) / (rightCount * wrongCount);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
