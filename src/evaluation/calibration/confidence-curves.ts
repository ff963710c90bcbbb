import { curveAt, logit } from '../../inference/calibrated-confidence.ts';
import type { KnotsCurve, LogisticCurve } from '../../inference/model/calibration-schema.ts';
import { fewerBlocks, isotonicBlocks } from './isotonic.ts';

/** A raw number of confidence, 0 to 1, and whether its particle was right. */
export interface RawOutcome {
  readonly raw: number;
  readonly right: boolean;
  /** How much it counts in a logistic fit; 1 when not given. */
  readonly weight?: number;
}

const MOST_KNOTS = 12;

/**
 * Isotonic regression (Zadrozny & Elkan 2002, doi:10.1145/775047.775151) in at most 12 knots. A block of n
 * particles, r of them right, is given (r + 1/2) / (n + 1), so that no knot says never or always.
 */
export function fitKnots(outcomes: readonly RawOutcome[]): KnotsCurve {
  const blocks = isotonicBlocks(outcomes.map(({ raw, right }) => ({ x: raw, y: Number(right) })));
  const knots: [number, number][] = [];
  for (const { xMean, yMean, count } of fewerBlocks(blocks, MOST_KNOTS)) {
    const raw = rounded(xMean);
    const [rawBefore = -1, sureBefore = 0] = knots.at(-1) ?? [];
    if (raw > rawBefore) {
      knots.push([raw, Math.max(sureBefore, rounded((count * yMean + 0.5) / (count + 1)))]);
    }
  }
  return { kind: 'knots', knots };
}

/**
 * Logistic regression on ln(raw / (1 - raw)): Platt's scaling (1999) with his targets (n1 + 1) / (n1 + 2) for the
 * n1 right and 1 / (n0 + 2) for the n0 wrong, by Newton's method with halved steps (Lin, Lin & Weng 2007,
 * doi:10.1007/s10994-007-5018-6). Never falling: a slope below 0 becomes 0.
 */
export function fitLogistic(outcomes: readonly RawOutcome[]): LogisticCurve {
  const countOf = (wanted: boolean) =>
    outcomes.reduce((sum, { right, weight = 1 }) => (right === wanted ? sum + weight : sum), 0);
  const [n1, n0] = [countOf(true), countOf(false)];
  const samples = outcomes.map(({ raw, right, weight = 1 }) => ({
    raw,
    x: logit(raw),
    target: right ? (n1 + 1) / (n1 + 2) : 1 / (n0 + 2),
    weight,
  }));
  const level: LogisticCurve = { kind: 'logistic', slope: 0, offset: Math.log((n1 + 1) / (n0 + 1)) };
  const lossOf = (curve: LogisticCurve) =>
    samples.reduce((loss, { raw, target, weight }) => {
      const sure = curveAt(curve, raw);
      return loss - weight * (target * Math.log(sure) + (1 - target) * Math.log(1 - sure));
    }, 0);

  let best = level;
  let loss = lossOf(best);
  for (let share = 1; share > 1e-6; ) {
    const towards = newtonStep(best, samples);
    const next = {
      ...best,
      slope: best.slope + share * towards.slope,
      offset: best.offset + share * towards.offset,
    };
    const nextLoss = lossOf(next);
    if (nextLoss < loss - 1e-9) {
      best = next;
      loss = nextLoss;
      share = 1;
    } else share /= 2;
  }
  return best.slope < 0
    ? level
    : { kind: 'logistic', slope: rounded(best.slope), offset: rounded(best.offset) };
}

/** Gradient and Hessian of the loss solved for the step; a trace of ridge keeps equal samples solvable. */
function newtonStep(
  curve: LogisticCurve,
  samples: readonly Readonly<Record<'raw' | 'x' | 'target' | 'weight', number>>[],
): { readonly slope: number; readonly offset: number } {
  let [gradientX, gradient1, hessianXX, hessianX1, hessian11] = [0, 0, 1e-9, 0, 1e-9];
  for (const { raw, x, target, weight } of samples) {
    const sure = curveAt(curve, raw);
    const gradient = weight * (sure - target);
    const hessian = weight * sure * (1 - sure);
    gradientX += gradient * x;
    gradient1 += gradient;
    hessianXX += hessian * x * x;
    hessianX1 += hessian * x;
    hessian11 += hessian;
  }
  const determinant = hessianXX * hessian11 - hessianX1 ** 2;
  return {
    slope: (hessianX1 * gradient1 - hessian11 * gradientX) / determinant,
    offset: (hessianX1 * gradientX - hessianXX * gradient1) / determinant,
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(5));
}
