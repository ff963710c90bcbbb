/** What one picture shows of one particle; lengths in pixels. */
export interface Appearance {
  readonly diameterPx: number;
  /** Share of its whole area that the picture shows: not hidden, not cut off. */
  readonly visibleFraction: number;
  readonly cutByBorder: boolean;
  /** Standard deviation of the blur at its height. */
  readonly blurPx: number;
  /** Mean step of grey across its boundary over the noise there. */
  readonly contrastToNoise: number;
}

export type Verdict = 'certain' | 'uncertain';

/** The limits of the rule that stands in docs/measurement.md. */
const verdictLimits = {
  diameterPxLeast: 10,
  visibleFractionLeast: 0.7,
  contrastToNoiseLeast: 3,
  blurOfDiameterAtMost: 0.12,
} as const;

/**
 * Whether an expert would trust the outline: a particle large enough to have a shape, mostly uncovered,
 * whole in the picture, its boundary clear of noise and not smeared out.
 */
export function verdictOf(seen: Appearance): Verdict {
  const certain =
    seen.diameterPx >= verdictLimits.diameterPxLeast &&
    seen.visibleFraction >= verdictLimits.visibleFractionLeast &&
    !seen.cutByBorder &&
    seen.contrastToNoise >= verdictLimits.contrastToNoiseLeast &&
    seen.blurPx <= verdictLimits.blurOfDiameterAtMost * seen.diameterPx;
  return certain ? 'certain' : 'uncertain';
}

/** Pixels between the two sides of a boundary, so that moderate blur does not hide its step. */
const acrossPx = 4;

/** For each label, the mean absolute step of noiseless grey across its boundary; entry 0 is the tape's. */
export function boundarySteps(
  grey: Float32Array,
  labels: Uint16Array,
  widthPx: number,
  labelCount: number,
): Float32Array {
  const sums = new Float64Array(labelCount + 1);
  const counts = new Uint32Array(labelCount + 1);
  const heightPx = grey.length / widthPx;
  const compare = (one: number, other: number) => {
    const [a, b] = [labels[one]!, labels[other]!];
    const step = Math.abs(grey[one]! - grey[other]!);
    sums[a]! += step;
    sums[b]! += step;
    counts[a]! += 1;
    counts[b]! += 1;
  };
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const at = row * widthPx + column;
      const label = labels[at]!;
      const right = at + acrossPx;
      const below = at + acrossPx * widthPx;
      if (column + acrossPx < widthPx && labels[right] !== label) compare(at, right);
      if (row + acrossPx < heightPx && labels[below] !== label) compare(at, below);
    }
  }
  return Float32Array.from(sums, (sum, label) => (counts[label] ? sum / counts[label]! : 0));
}
