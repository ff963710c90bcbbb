import type { GreyImage } from '../watcher/image/grey-image.ts';
import type { Manifest } from './model/manifest.ts';

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
  const gain = (polarity === 'bright' ? 1 : -1) / 255;
  const offset = polarity === 'bright' ? 0 : 1;
  const down = weightsOf(image.heightPx, height);
  const across = weightsOf(image.widthPx, width);
  const widthPx = fixedPx?.width ?? roundedUp(width, input.sideMultiplePx);
  const heightPx = fixedPx?.height ?? roundedUp(height, input.sideMultiplePx);
  const values = new Float32Array(widthPx * heightPx);
  const blended = new Float32Array(image.widthPx);
  for (let y = 0; y < height; y++) {
    blendRows(image, down, y, blended);
    const line = values.subarray(y * widthPx, (y + 1) * widthPx);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let source = across.firsts[x]!;
      for (let k = across.starts[x]!; k < across.starts[x + 1]!; k++)
        sum += across.weights[k]! * blended[source++]!;
      line[x] = gain * sum + offset;
    }
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

/** One row of the new height, still at the image's width: whole rows are quick to go through. */
function blendRows({ widthPx, pixels }: GreyImage, down: Weights, y: number, blended: Float32Array): void {
  const start = down.starts[y]!;
  for (let k = start; k < down.starts[y + 1]!; k++) {
    const weight = down.weights[k]!;
    const from = (down.firsts[y]! + k - start) * widthPx;
    if (k === start) for (let x = 0; x < widthPx; x++) blended[x] = weight * pixels[from + x]!;
    else for (let x = 0; x < widthPx; x++) blended[x] = blended[x]! + weight * pixels[from + x]!;
  }
}

interface Weights {
  /** Target pixel i is made of the source pixels from firsts[i] on, with weights[starts[i]] to [starts[i + 1] - 1]. */
  readonly starts: Int32Array;
  readonly firsts: Int32Array;
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
  const firsts = new Int32Array(targetLength);
  const weights = new Float32Array(targetLength * (Math.ceil(reach) + 3));
  for (let i = 0; i < targetLength; i++) {
    const centre = (i + 0.5) * step;
    let first = Math.max(0, Math.floor(centre - reach / 2 - 0.5));
    let last = Math.min(sourceLength - 1, Math.ceil(centre + reach / 2 - 0.5));
    while (first < last && shareOf(first, centre, step) <= 0) first++;
    while (first < last && shareOf(last, centre, step) <= 0) last--;
    let total = 0;
    for (let k = first; k <= last; k++) total += shareOf(k, centre, step);
    const start = starts[i]!;
    for (let k = first; k <= last; k++) weights[start + k - first] = shareOf(k, centre, step) / total;
    firsts[i] = first;
    starts[i + 1] = start + last - first + 1;
  }
  return { starts, firsts, weights };
}

function shareOf(source: number, centre: number, step: number): number {
  if (step <= 1) return Math.max(0, 1 - Math.abs(source + 0.5 - centre));
  return Math.max(0, Math.min(source + 1, centre + step / 2) - Math.max(source, centre - step / 2));
}

function roundedUp(length: number, multiple: number): number {
  return Math.ceil(length / multiple) * multiple;
}
