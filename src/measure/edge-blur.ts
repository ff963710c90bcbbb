import type { GreyImage } from '../watcher/grey-image.ts';

/** An edge's two sides are the means of this many pixels ... */
const sidePx = 8;
/** ... this far from its middle: the edge itself may be that soft. */
const gapPx = 8;
const reachPx = gapPx + sidePx;
const rowsApart = 8;
/** What tape and noise do not reach: shot noise of 6 gives sides that differ by 3 (standard deviation). */
const stepLeastGrey = 25;
/** Fewer edges say little: a tile without particles has none. */
const edgesLeast = 50;

/**
 * How soft the picture's edges are: the standard deviation, in pixels, of the Gaussian that blurs a sharp step to
 * them, over all edges that rows cross. Null where rows cross fewer than 50 in one row of eight: nothing there can be sharp.
 *
 * A step of height A under a Gaussian of deviation s has the gradient energy integral of (dI/dx)^2 = A^2 / (2 s sqrt(pi)).
 * Differences of pixels k apart then have squares that sum to k^2 A^2 / (2 s sqrt(pi)) along the row, plus 2 sigma^2
 * for each pair under white noise of deviation sigma, whatever k is. So the noise cancels from D2 - D1, and
 * s = 3 sum(A^2) / (2 sqrt(pi) sum(D2 - D1)). Brenner's focus measure, which is D2 alone (Brenner et al. 1976,
 * doi:10.1177/24.1.1254907), grows with particles, contrast and noise; this does not.
 *
 * A perfect step gives 0.85 px; s from 2 to 5 px is right to 5 % on straight upright edges, more is
 * underestimated, as the sides lie 12 px from the middle.
 */
export function edgeBlurPx({ pixels, widthPx, heightPx }: GreyImage): number | null {
  const steps = new Int32Array(widthPx);
  let edges = 0;
  let squaredSteps = 0;
  let energy = 0;
  for (let row = rowsApart >> 1; row < heightPx; row += rowsApart) {
    const line = pixels.subarray(row * widthPx, (row + 1) * widthPx);
    stepsAlong(line, steps);
    for (let at = nextEdge(steps, reachPx); at >= 0; at = nextEdge(steps, at + gapPx)) {
      edges++;
      squaredSteps += (steps[at]! / sidePx) ** 2;
      energy += noiselessEnergy(line, at);
    }
  }
  if (edges < edgesLeast || energy <= 0) return null;
  return (3 * squaredSteps) / (2 * Math.sqrt(Math.PI) * energy);
}

/** For each place the sum of the pixels on its right side less those on its left. */
function stepsAlong(line: Uint8Array, steps: Int32Array): void {
  let step = 0;
  for (let i = 0; i < sidePx; i++) step += line[i + reachPx + gapPx]! - line[i]!;
  const last = line.length - reachPx;
  for (let at = reachPx; at <= last; at++) {
    steps[at] = step;
    step += line[at + reachPx]! - line[at + gapPx]! - line[at - gapPx]! + line[at - reachPx]!;
  }
}

/** The next place from `from` on whose step is the largest around, or -1. */
function nextEdge(steps: Int32Array, from: number): number {
  const least = stepLeastGrey * sidePx;
  const end = steps.length - reachPx;
  for (let at = from; at < end; at++) {
    if (Math.abs(steps[at]!) >= least && isLargest(steps, at)) return at;
  }
  return -1;
}

function isLargest(steps: Int32Array, at: number): boolean {
  const size = Math.abs(steps[at]!);
  const first = Math.max(reachPx, at - gapPx);
  const last = Math.min(steps.length - reachPx, at + gapPx);
  for (let other = first; other <= last; other++) if (Math.abs(steps[other]!) > size) return false;
  return true;
}

/** Squared differences of pixels two apart less those of neighbours, over one edge. */
function noiselessEnergy(line: Uint8Array, at: number): number {
  let energy = 0;
  for (let x = at - reachPx; x < at + reachPx - 2; x++) {
    energy += (line[x + 2]! - line[x]!) ** 2 - (line[x + 1]! - line[x]!) ** 2;
  }
  return energy;
}
