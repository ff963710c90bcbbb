import type { GreyImage } from '../watcher/image/grey-image.ts';

/** What a picture's histogram tells. */
export interface GreyLevels {
  readonly greyMean: number;
  readonly greyStandardDeviation: number;
  /** Grey value that 10 % of the pixels do not exceed, and the one that 90 % do not. */
  readonly greyP10: number;
  readonly greyP90: number;
  /** Share of pixels that are 0, that are 255, and of both together. */
  readonly blackShare: number;
  readonly whiteShare: number;
  readonly saturatedShare: number;
}

/** @param image at least one pixel. */
export function greyLevels({ pixels }: GreyImage): GreyLevels {
  const counts = greyCounts(pixels);
  let sum = 0;
  let squares = 0;
  for (let grey = 0; grey < 256; grey++) {
    sum += grey * counts[grey]!;
    squares += grey * grey * counts[grey]!;
  }
  const greyMean = sum / pixels.length;
  const blackShare = counts[0]! / pixels.length;
  const whiteShare = counts[255]! / pixels.length;
  return {
    greyMean,
    greyStandardDeviation: Math.sqrt(Math.max(0, squares / pixels.length - greyMean ** 2)),
    greyP10: greyAt(counts, 0.1 * pixels.length),
    greyP90: greyAt(counts, 0.9 * pixels.length),
    blackShare,
    whiteShare,
    saturatedShare: blackShare + whiteShare,
  };
}

function greyCounts(pixels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  // Two histograms: equal neighbours would wait for one another's count.
  const others = new Uint32Array(256);
  for (let i = 1; i < pixels.length; i += 2) {
    counts[pixels[i]!]!++;
    others[pixels[i - 1]!]!++;
  }
  if (pixels.length % 2 === 1) counts[pixels.at(-1)!]!++;
  return counts.map((count, grey) => count + others[grey]!);
}

/** The smallest grey value up to which the counts reach a number of pixels. */
function greyAt(counts: Uint32Array, pixels: number): number {
  let below = 0;
  return counts.findIndex((count) => {
    below += count;
    return below >= pixels;
  });
}
