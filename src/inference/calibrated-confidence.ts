import type { Calibration, ConfidenceCurve, RawConfidence } from './model/calibration-schema.ts';

/** What a network says of one region. */
export interface RawVerdict {
  readonly objectness: number;
  /** Expected confidence of the uncertainty head. */
  readonly confidence: number;
}

/**
 * The chance, 0 to 1, that the region's mask has an IoU over 0.5 with a real particle: where many have 0.9,
 * 9 of 10 are right. Particles stay certain or uncertain as the paper's thresholds say.
 */
export function calibratedConfidence(verdict: RawVerdict, { of, curve }: Calibration): number {
  return curveAt(curve, rawConfidence(verdict, of));
}

/**
 * The number that is calibrated, 0 to 1. `particled calibrate` takes the one with the highest AUROC on its
 * images; the product of the two is no choice of its own, as it ranks like their geometric mean.
 */
export function rawConfidence({ objectness, confidence }: RawVerdict, of: RawConfidence): number {
  if (of === 'objectness') return objectness;
  return of === 'expected-bin' ? confidence : Math.sqrt(objectness * confidence);
}

export function curveAt(curve: ConfidenceCurve, raw: number): number {
  if (curve.kind === 'logistic') return 1 / (1 + Math.exp(-(curve.slope * logit(raw) + curve.offset)));
  const { knots } = curve;
  const next = knots.findIndex(([at]) => at > raw);
  const [rawAbove, sureAbove] = knots.at(next)!;
  if (next <= 0) return sureAbove;
  const [rawBelow, sureBelow] = knots[next - 1]!;
  return sureBelow + ((sureAbove - sureBelow) * (raw - rawBelow)) / (rawAbove - rawBelow);
}

/** ln(x / (1 - x)), x kept off 0 and 1 by 0.0001: float32 scores reach both. */
export function logit(share: number): number {
  const bounded = Math.min(Math.max(share, 1e-4), 1 - 1e-4);
  return Math.log(bounded / (1 - bounded));
}
