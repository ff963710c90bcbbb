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

/** Images of one source. */
export interface JudgedSource {
  readonly name: string;
  readonly images: readonly JudgedParticles[];
}

export interface CalibrationFit {
  readonly of: RawConfidence;
  readonly curve: ConfidenceCurve;
  /** Every particle's confidence by a curve that had not seen its image. */
  readonly crossValidated: Calibration;
  /** Each source by a curve of the other sources; empty where there is but one. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly name: string;
  readonly calibration: Calibration;
}

const RAW_CONFIDENCES = ['objectness', 'expected-bin', 'geometric-mean'] as const;
const FITS = [fitLogistic, fitKnots] as const;

/** A raw number and a kind of curve for it. */
interface Choice {
  readonly of: RawConfidence;
  readonly fitCurve: (outcomes: readonly RawOutcome[]) => ConfidenceCurve;
}

/**
 * Of several sources, takes the raw number and the kind of curve, logistic or isotonic, whose greatest expected
 * calibration error on a source left out is least: a powder that nobody labelled is such a source. Of a single
 * one, the raw number with the highest AUROC and the curve with the lower cross-validated error. The curve is
 * fitted to all images in the end, each particle counting once.
 *
 * @param sources images without particles say nothing of confidence and are left out.
 * @param folds 2 or more; the k-th image is in fold k modulo this.
 * @throws RangeError where particles were found on fewer images than there are folds.
 */
export function fitCalibration(sources: readonly JudgedSource[], folds: number): CalibrationFit {
  const telling = sources
    .map(({ name, images }) => ({ name, images: images.filter((particles) => particles.length > 0) }))
    .filter(({ images }) => images.length > 0);
  const images = telling.flatMap((source) => source.images);
  if (images.length < folds) {
    throw new RangeError(
      `particles were found on ${images.length} images, too few for ${folds} folds; give more images`,
    );
  }
  const choices =
    telling.length > 1
      ? RAW_CONFIDENCES.flatMap((of) => FITS.map((fitCurve) => ({ of, fitCurve })))
      : FITS.map((fitCurve) => ({ of: bestRanking(images), fitCurve }));
  const tried = choices.map((choice) => {
    const crossValidated = crossValidation(images, folds, choice);
    const leftOut = telling.length > 1 ? leftOutOf(telling, choice) : [];
    const errors = (
      leftOut.length > 0 ? leftOut.map(({ calibration }) => calibration) : [crossValidated]
    ).map(({ expectedCalibrationError }) => expectedCalibrationError);
    return { choice, crossValidated, leftOut, worst: Math.max(...errors) };
  });
  const { choice, crossValidated, leftOut } = tried.reduce((best, one) =>
    one.worst < best.worst ? one : best,
  );
  return { of: choice.of, curve: choice.fitCurve(outcomesOf(images, choice.of)), crossValidated, leftOut };
}

function bestRanking(images: readonly JudgedParticles[]): RawConfidence {
  const ranked = RAW_CONFIDENCES.map((of) => ({ of, auroc: scoreOf(outcomesOf(images, of)).auroc ?? 0 }));
  return ranked.reduce((best, one) => (one.auroc > best.auroc ? one : best)).of;
}

function leftOutOf(sources: readonly JudgedSource[], choice: Choice): LeftOut[] {
  return sources.map((source) => {
    const others = sources.filter((other) => other !== source).flatMap(({ images }) => images);
    return { name: source.name, calibration: scoreOf(judgedBy(others, source.images, choice)) };
  });
}

function crossValidation(images: readonly JudgedParticles[], folds: number, choice: Choice): Calibration {
  const calibrated = Array.from({ length: folds }, (_, fold) => {
    const seen = images.filter((_, image) => image % folds !== fold);
    const unseen = images.filter((_, image) => image % folds === fold);
    return judgedBy(seen, unseen, choice);
  });
  return scoreOf(calibrated.flat());
}

/** The particles of the unseen images with the confidence that a curve of the seen ones gives them. */
function judgedBy(
  seen: readonly JudgedParticles[],
  unseen: readonly JudgedParticles[],
  { of, fitCurve }: Choice,
): RawOutcome[] {
  const curve = fitCurve(outcomesOf(seen, of));
  return outcomesOf(unseen, of).map(({ raw, right }) => ({ raw: curveAt(curve, raw), right }));
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
