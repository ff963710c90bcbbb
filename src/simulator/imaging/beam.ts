/** Beyond three standard deviations 0.3 % of a Gaussian is left. */
export function blurReachPx(blurPx: number): number {
  return Math.ceil(3 * blurPx);
}

/** Gaussian blur in place, first along rows, then along columns; beyond the border, the border's pixel goes on. */
export function blur(grey: Float32Array, widthPx: number, heightPx: number, blurPx: number): void {
  if (blurPx <= 0) return;
  const weights = gaussianWeights(blurPx);
  const reach = weights.length - 1;
  const padded = new Float32Array(widthPx + 2 * reach);
  for (let row = 0; row < heightPx; row += 1) {
    const line = grey.subarray(row * widthPx, (row + 1) * widthPx);
    padded.fill(line[0]!, 0, reach);
    padded.set(line, reach);
    padded.fill(line[widthPx - 1]!, widthPx + reach);
    addMirrored(line, weights, (apart) => padded.subarray(reach + apart, reach + apart + widthPx));
  }
  const source = grey.slice();
  for (let row = 0; row < heightPx; row += 1) {
    addMirrored(grey.subarray(row * widthPx, (row + 1) * widthPx), weights, (apart) => {
      const from = Math.min(heightPx - 1, Math.max(0, row + apart));
      return source.subarray(from * widthPx, (from + 1) * widthPx);
    });
  }
}

/** The weighted sum of a line and of its neighbours on both sides, whole lines at a time, in `line`. */
function addMirrored(
  line: Float32Array,
  weights: Float32Array,
  neighbour: (apart: number) => Float32Array,
): void {
  const own = weights[0]!;
  for (let x = 0; x < line.length; x += 1) line[x] = own * line[x]!;
  for (let apart = 1; apart < weights.length; apart += 1) {
    const weight = weights[apart]!;
    const before = neighbour(-apart);
    const after = neighbour(apart);
    for (let x = 0; x < line.length; x += 1) line[x] = line[x]! + weight * (before[x]! + after[x]!);
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
