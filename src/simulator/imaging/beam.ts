import { padRow, slideRows } from './row-window.ts';

/** Beyond three standard deviations 0.3 % of a Gaussian is left. */
export function blurReachPx(blurPx: number): number {
  return Math.ceil(3 * blurPx);
}

/** Gaussian blur in place, along rows and columns; beyond the border, the border's pixel goes on. */
export function blur(grey: Float32Array, widthPx: number, blurPx: number): void {
  if (blurPx <= 0) return;
  const weights = gaussianWeights(blurPx);
  const reach = weights.length - 1;
  const padded = new Float32Array(widthPx + 2 * reach);
  slideRows(
    grey,
    widthPx,
    reach,
    (row, line) => {
      padRow(row, padded, reach);
      weigh((apart) => padded.subarray(reach + apart, reach + apart + widthPx), weights, line);
    },
    (line, row) => weigh(line, weights, row),
  );
}

/** The weighted sum of a line and of its neighbours on both sides, whole lines at a time. */
function weigh(line: (apart: number) => Float32Array, weights: Float32Array, into: Float32Array): void {
  const own = weights[0]!;
  const middle = line(0);
  for (let x = 0; x < into.length; x += 1) into[x] = own * middle[x]!;
  for (let apart = 1; apart < weights.length; apart += 1) {
    const weight = weights[apart]!;
    const before = line(-apart);
    const after = line(apart);
    for (let x = 0; x < into.length; x += 1) into[x] = into[x]! + weight * (before[x]! + after[x]!);
  }
}

/** Of a pixel itself and its neighbours 1, 2, ... apart on either side; all together weigh 1. */
function gaussianWeights(blurPx: number): Float32Array {
  const reach = blurReachPx(blurPx);
  const weights = Float32Array.from({ length: reach + 1 }, (_, apart) =>
    Math.exp(-(apart ** 2) / (2 * blurPx ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + 2 * weight, -weights[0]!);
  return weights.map((weight) => weight / sum);
}
