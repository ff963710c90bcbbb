import type { GreyImage } from '../watcher/grey-image.ts';
import type { Manifest } from './manifest.ts';

/** An image as a network takes it: [1, 1, heightPx, widthPx], row by row, in [0, 1]. */
export interface NetworkInput {
  readonly values: Float32Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Network pixels for one tile pixel, along x and y (they differ by the rounding of the sides). */
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Which grey particles have against their ground; models are trained on bright particles. */
export type Polarity = 'bright' | 'dark';

const WARM_UP_SIDE_PX = 64;

/** A tile scaled to the model's input size, padded by its last row and column, turned to bright particles. */
export function networkInput(image: GreyImage, input: Manifest['input'], polarity: Polarity): NetworkInput {
  const { fixedPx } = input;
  const scale = fixedPx
    ? Math.min(fixedPx.width / image.widthPx, fixedPx.height / image.heightPx)
    : input.longestSidePx / Math.max(image.widthPx, image.heightPx);
  const width = Math.max(1, Math.round(image.widthPx * scale));
  const height = Math.max(1, Math.round(image.heightPx * scale));
  const rows = resampledRows(image, width);
  const columns = weightsOf(image.heightPx, height);
  const widthPx = fixedPx?.width ?? roundedUp(width, input.sideMultiplePx);
  const heightPx = fixedPx?.height ?? roundedUp(height, input.sideMultiplePx);
  const values = new Float32Array(widthPx * heightPx);
  const gain = (polarity === 'bright' ? 1 : -1) / 255;
  const offset = polarity === 'bright' ? 0 : 1;
  for (let y = 0; y < height; y++) {
    const line = values.subarray(y * widthPx, (y + 1) * widthPx);
    for (let k = columns.starts[y]!; k < columns.starts[y + 1]!; k++) {
      const weight = columns.weights[k]! * gain;
      const source = columns.sources[k]! * width;
      for (let x = 0; x < width; x++) line[x] = line[x]! + weight * rows[source + x]!;
    }
    if (offset !== 0) for (let x = 0; x < width; x++) line[x] = line[x]! + offset;
    line.fill(line[width - 1]!, width);
  }
  for (let y = height; y < heightPx; y++) {
    values.copyWithin(y * widthPx, (height - 1) * widthPx, height * widthPx);
  }
  return { values, widthPx, heightPx, scaleX: width / image.widthPx, scaleY: height / image.heightPx };
}

/** An empty image that the network takes, as small as it takes it. */
export function warmUpInput({ fixedPx, sideMultiplePx }: Manifest['input']): NetworkInput {
  const least = roundedUp(WARM_UP_SIDE_PX, sideMultiplePx);
  const widthPx = fixedPx?.width ?? least;
  const heightPx = fixedPx?.height ?? least;
  return { values: new Float32Array(widthPx * heightPx), widthPx, heightPx, scaleX: 1, scaleY: 1 };
}

/** Every row of the image at the new width. */
function resampledRows(image: GreyImage, width: number): Float32Array {
  const { starts, sources, weights } = weightsOf(image.widthPx, width);
  const rows = new Float32Array(width * image.heightPx);
  for (let y = 0; y < image.heightPx; y++) {
    const from = y * image.widthPx;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = starts[x]!; k < starts[x + 1]!; k++)
        sum += weights[k]! * image.pixels[from + sources[k]!]!;
      rows[y * width + x] = sum;
    }
  }
  return rows;
}

interface Weights {
  /** Entries starts[i] to starts[i + 1] make target pixel i. */
  readonly starts: Int32Array;
  readonly sources: Int32Array;
  readonly weights: Float32Array;
}

/**
 * Shares of source pixels in each target pixel: the area they cover when shrinking, linear
 * interpolation between pixel centres when enlarging. They sum to 1.
 */
function weightsOf(sourceLength: number, targetLength: number): Weights {
  const step = sourceLength / targetLength;
  const reach = Math.max(1, step);
  const starts = new Int32Array(targetLength + 1);
  const sources: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < targetLength; i++) {
    const centre = (i + 0.5) * step;
    const first = Math.max(0, Math.floor(centre - reach / 2 - 0.5));
    const last = Math.min(sourceLength - 1, Math.ceil(centre + reach / 2 - 0.5));
    const shares: number[] = [];
    for (let k = first; k <= last; k++) shares.push(shareOf(k, centre, step));
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const [k, share] of shares.entries()) {
      if (share <= 0) continue;
      sources.push(first + k);
      weights.push(share / total);
    }
    starts[i + 1] = sources.length;
  }
  return { starts, sources: Int32Array.from(sources), weights: Float32Array.from(weights) };
}

function shareOf(source: number, centre: number, step: number): number {
  if (step <= 1) return Math.max(0, 1 - Math.abs(source + 0.5 - centre));
  return Math.max(0, Math.min(source + 1, centre + step / 2) - Math.max(source, centre - step / 2));
}

function roundedUp(length: number, multiple: number): number {
  return Math.ceil(length / multiple) * multiple;
}
