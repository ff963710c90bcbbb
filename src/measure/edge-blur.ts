import type { GreyImage } from '../watcher/image/grey-image.ts';

/** An edge's middle has this many pixels to each side, and its two ends beyond have as many each. */
const halfPx = 8;
const reachPx = 2 * halfPx;
const rowsApart = 8;
/** What tape and noise do not reach: shot noise of 6 gives ends that differ by 3 (standard deviation). */
const stepLeastGrey = 25;
/** Bare tape has up to 70, of bubbles and pits, which are soft; ten particles of 60 px have 150. */
const edgesLeast = 150;
/** Softer edges reach into their ends, so that pixels are joined along the row, two by two and four by four. */
const blurMostPx = 2.5;
const joinedMost = 4;

/**
 * How soft the picture's edges are: the standard deviation, in pixels, of the Gaussian that blurs a sharp step to
 * them, over all edges that one row of eight crosses. Null where these are fewer than 150: nothing there can be sharp.
 *
 * A step of height A under a Gaussian of deviation s has the gradient energy integral of (dI/dx)^2 = A^2 / (2 s sqrt(pi)).
 * Differences of pixels k apart then have squares D_k that sum to k^2 A^2 / (2 s sqrt(pi)) along the row. White noise
 * adds the same to D_2 and D_1, and noise or texture that is alike on the edge and beside it is subtracted with the
 * edge's two ends: s = 3 sum(A^2) / (2 sqrt(pi) sum(D_2 - D_1)). Brenner's focus measure, which is D_2 alone (Brenner
 * et al. 1976, doi:10.1177/24.1.1254907), grows with particles, contrast and noise; this does not.
 *
 * A perfect step gives 0.85 px, the least that can be told.
 */
export function edgeBlurPx(image: GreyImage): number | null {
  let blurPx: number | null = null;
  for (let joined = 1; joined <= joinedMost; joined *= 2) {
    const { edges, squaredSteps, energy } = edgesOf(image, joined);
    if (edges < edgesLeast || energy <= 0) continue;
    const blur = (3 * squaredSteps) / (2 * Math.sqrt(Math.PI) * energy);
    // What is sharp even in joined pixels was sharp before, on too few edges: joining must not make it soft.
    if (joined > 1 && blurPx === null && blur < blurMostPx / 2) return null;
    blurPx = blur * joined;
    if (blur <= blurMostPx) break;
  }
  return blurPx;
}

/** Sums over all edges, in joined pixels. */
function edgesOf({ pixels, widthPx, heightPx }: GreyImage, joined: number) {
  const line = new Float32Array(Math.floor(widthPx / joined));
  const rises = new Float32Array(line.length);
  let edges = 0;
  let squaredSteps = 0;
  let energy = 0;
  for (let row = rowsApart >> 1; row < heightPx; row += rowsApart) {
    readLine(pixels, row * widthPx, joined, line);
    risesAlong(line, rises);
    for (let at = nextEdge(rises, reachPx); at >= 0; at = nextEdge(rises, at + halfPx)) {
      const step = meanOf(line, at + halfPx) - meanOf(line, at - reachPx);
      if (Math.abs(step) < stepLeastGrey) continue;
      edges++;
      squaredSteps += step * step;
      energy += energyOfEdge(line, at);
    }
  }
  return { edges, squaredSteps, energy };
}

function readLine(pixels: Uint8Array, from: number, joined: number, line: Float32Array): void {
  for (let x = 0, at = from; x < line.length; x++) {
    let sum = 0;
    for (const end = at + joined; at < end; at++) sum += pixels[at]!;
    line[x] = sum / joined;
  }
}

function meanOf(line: Float32Array, from: number): number {
  let sum = 0;
  for (let x = from; x < from + halfPx; x++) sum += line[x]!;
  return sum / halfPx;
}

/** For each place the mean of the pixels right after it less that of those right before it; an edge is its peak. */
function risesAlong(line: Float32Array, rises: Float32Array): void {
  let sum = 0;
  for (let i = 0; i < halfPx && i + halfPx < line.length; i++) sum += line[i + halfPx]! - line[i]!;
  for (let at = halfPx; at + halfPx < line.length; at++) {
    rises[at] = Math.abs(sum) / halfPx;
    sum += line[at + halfPx]! - 2 * line[at]! + line[at - halfPx]!;
  }
}

/** The next place from `from` on whose rise is the largest around, or -1. */
function nextEdge(rises: Float32Array, from: number): number {
  const end = rises.length - reachPx;
  for (let at = from; at < end; at++) {
    if (rises[at]! >= stepLeastGrey && isLargest(rises, at)) return at;
  }
  return -1;
}

function isLargest(rises: Float32Array, at: number): boolean {
  const size = rises[at]!;
  for (let other = at - halfPx; other <= at + halfPx; other++) if (rises[other]! > size) return false;
  return true;
}

/** D_2 - D_1 of the middle, less that of as many pixels of both ends. */
function energyOfEdge(line: Float32Array, at: number): number {
  const middle = energyBetween(line, at - halfPx - 1, at + halfPx - 1);
  const ends =
    energyBetween(line, at - reachPx, at - halfPx - 1) +
    energyBetween(line, at + halfPx - 1, at + reachPx - 2);
  return middle - (ends * 2 * halfPx) / (2 * halfPx - 2);
}

function energyBetween(line: Float32Array, from: number, to: number): number {
  let energy = 0;
  for (let x = from; x < to; x++) {
    energy += (line[x + 2]! - line[x]!) ** 2 - (line[x + 1]! - line[x]!) ** 2;
  }
  return energy;
}
