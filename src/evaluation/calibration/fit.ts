import { curveAt, type RawVerdict, rawConfidence } from '../../inference/calibrated-confidence.ts';
import type { ConfidenceCurve, RawConfidence } from '../../inference/model/calibration-schema.ts';
import { fitKnots, fitLogistic, type RawOutcome } from './confidence-curves.ts';
import { type Calibration, calibrationOf } from './reliability.ts';

/** A found particle with what the network said of it, and whether its IoU with a real one is over 0.5. */
export interface RawJudgement extends RawVerdict {
  readonly right: boolean;
}

/** The particles found on one image. */
export type JudgedParticles = readonly RawJudgement[];

export interface CalibrationFit {
  readonly of: RawConfidence;
  readonly curve: ConfidenceCurve;
  /** Every particle's confidence by a curve that had not seen its image. */
  readonly crossValidated: Calibration;
}

const RAW_CONFIDENCES = ['objectness', 'expected-bin', 'geometric-mean'] as const;
const FITS = [fitLogistic, fitKnots] as const;

/**
 * Takes the raw number with the highest AUROC, and of logistic and isotonic curve the one with the lower
 * cross-validated expected calibration error, fitted to all images in the end.
 *
 * @param images those without particles say nothing of confidence and are left out.
 * @param folds 2 or more; the k-th image is in fold k modulo this.
 * @throws RangeError where particles were found on fewer images than there are folds.
 */
export function fitCalibration(images: readonly JudgedParticles[], folds: number): CalibrationFit {
  const telling = images.filter((particles) => particles.length > 0);
  if (telling.length < folds) {
    throw new RangeError(
      `particles were found on ${telling.length} images, too few for ${folds} folds; give more images`,
    );
  }
  const ranked = RAW_CONFIDENCES.map((of) => ({ of, auroc: scoreOf(outcomesOf(telling, of)).auroc ?? 0 }));
  const { of } = ranked.reduce((best, one) => (one.auroc > best.auroc ? one : best));
  const curves = FITS.map((fitCurve) => ({
    fitCurve,
    crossValidated: crossValidation(telling, of, folds, fitCurve),
  }));
  const { fitCurve, crossValidated } = curves.reduce((best, one) =>
    one.crossValidated.expectedCalibrationError < best.crossValidated.expectedCalibrationError ? one : best,
  );
  return { of, curve: fitCurve(outcomesOf(telling, of)), crossValidated };
}

function crossValidation(
  images: readonly JudgedParticles[],
  of: RawConfidence,
  folds: number,
  fitCurve: (outcomes: readonly RawOutcome[]) => ConfidenceCurve,
): Calibration {
  const calibrated = Array.from({ length: folds }, (_, fold) => {
    const seen = images.filter((_, image) => image % folds !== fold);
    const unseen = images.filter((_, image) => image % folds === fold);
    const curve = fitCurve(outcomesOf(seen, of));
    return outcomesOf(unseen, of).map(({ raw, right }) => ({ raw: curveAt(curve, raw), right }));
  });
  return scoreOf(calibrated.flat());
}

function outcomesOf(images: readonly JudgedParticles[], of: RawConfidence): RawOutcome[] {
  return images.flat().map((particle) => ({ raw: rawConfidence(particle, of), right: particle.right }));
}

function scoreOf(outcomes: readonly RawOutcome[]): Calibration {
  const score = calibrationOf(
    outcomes.map(({ raw }) => raw),
    outcomes.map(({ right }) => right),
  );
  if (score === null) throw new RangeError('there are no particles to calibrate on');
  return score;
}
