import type { GreyImage } from '../../watcher/image/grey-image.ts';

/** Grey values smoothed by a Gaussian, along rows and then along columns; beyond the border its pixels go on. */
export function gaussianBlur({ widthPx, heightPx, pixels }: GreyImage, sigmaPx: number): Float32Array {
  const kernel = kernelOf(sigmaPx);
  const reach = (kernel.length - 1) / 2;
  const alongRows = new Float32Array(pixels.length);
  const line = new Float32Array(widthPx + 2 * reach);
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    for (let x = 0; x < line.length; x++) line[x] = pixels[row + clamped(x - reach, widthPx)]!;
    for (let x = 0; x < widthPx; x++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum += kernel[k]! * line[x + k]!;
      alongRows[row + x] = sum;
    }
  }
  const smooth = new Float32Array(pixels.length);
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    for (let k = 0; k < kernel.length; k++) {
      const weight = kernel[k]!;
      const source = clamped(y + k - reach, heightPx) * widthPx;
      for (let x = 0; x < widthPx; x++) smooth[row + x]! += weight * alongRows[source + x]!;
    }
  }
  return smooth;
}

/** Weights to three standard deviations, which sum to 1. */
function kernelOf(sigmaPx: number): Float64Array {
  const reach = Math.ceil(3 * sigmaPx);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    sigmaPx > 0 ? Math.exp(-((k - reach) ** 2) / (2 * sigmaPx ** 2)) : 1,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function clamped(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length - 1);
}
