/** Beyond three standard deviations 0.3 % of a Gaussian is left. */
export function blurReachPx(blurPx: number): number {
  return Math.ceil(3 * blurPx);
}

/** Gaussian blur in place, first along rows, then along columns; beyond the border, the border's pixel goes on. */
export function blur(grey: Float32Array, widthPx: number, heightPx: number, blurPx: number): void {
  if (blurPx <= 0) return;
  const weights = gaussianWeights(blurPx);
  const reach = (weights.length - 1) / 2;
  const padded = new Float32Array(widthPx + 2 * reach);
  for (let row = 0; row < heightPx; row += 1) {
    const line = grey.subarray(row * widthPx, (row + 1) * widthPx);
    padded.fill(line[0]!, 0, reach);
    padded.set(line, reach);
    padded.fill(line[widthPx - 1]!, widthPx + reach);
    line.fill(0);
    for (const [tap, weight] of weights.entries()) {
      for (let x = 0; x < widthPx; x += 1) line[x]! += weight * padded[x + tap]!;
    }
  }
  blurColumns(grey, widthPx, heightPx, weights);
}

/** Whole rows at a time, so that memory is read in order; the rows above, already blurred, are kept aside. */
function blurColumns(grey: Float32Array, widthPx: number, heightPx: number, weights: Float32Array): void {
  const reach = (weights.length - 1) / 2;
  const kept = Array.from({ length: reach + 1 }, () => new Float32Array(widthPx));
  const rowOf = (row: number) => grey.subarray(row * widthPx, (row + 1) * widthPx);
  for (let row = 0; row < heightPx; row += 1) {
    kept[row % kept.length]!.set(rowOf(row));
    if (row === 0) for (const line of kept) line.set(rowOf(0));
    const line = rowOf(row);
    line.fill(0);
    for (const [tap, weight] of weights.entries()) {
      const from = Math.min(heightPx - 1, Math.max(0, row + tap - reach));
      const source = from <= row ? kept[from % kept.length]! : rowOf(from);
      for (let x = 0; x < widthPx; x += 1) line[x]! += weight * source[x]!;
    }
  }
}

function gaussianWeights(blurPx: number): Float32Array {
  const reach = blurReachPx(blurPx);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * blurPx ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
