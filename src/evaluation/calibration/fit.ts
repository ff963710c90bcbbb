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

/** A raw number, a kind of curve for it, and how much a particle counts. */
interface Choice {
  readonly of: RawConfidence;
  readonly fitCurve: (outcomes: readonly RawOutcome[]) => ConfidenceCurve;
  /** Every source counts as much as another, instead of every particle; for logistic curves. */
  readonly evenly?: boolean;
}

/**
 * Of several sources, takes the raw number and the curve, isotonic or logistic with particles or sources counting
 * the same, whose greatest expected calibration error on a source left out is least: a powder that nobody labelled
 * is such a source. Of a single one, the raw number with the highest AUROC and the curve with the lower
 * cross-validated error. The curve is fitted to all images in the end.
 *
 * @param sources images without particles say nothing of confidence and are left out.
 * @param folds 2 or more; the k-th image is in fold k modulo this.
 * @throws RangeError where particles were found on fewer images than there are folds.
 */
export function fitCalibration(sources: readonly JudgedSource[], folds: number): CalibrationFit {
  const telling = sources
    .map(({ name, images }) => ({ name, images: images.filter((particles) => particles.length > 0) }))
    .filter(({ images }) => images.length > 0);
  const imagesCount = telling.reduce((sum, { images }) => sum + images.length, 0);
  if (imagesCount < folds) {
    throw new RangeError(
      `particles were found on ${imagesCount} images, too few for ${folds} folds; give more images`,
    );
  }
  const tried = choicesFor(telling).map((choice) => {
    const crossValidated = crossValidation(telling, folds, choice);
    const leftOut = telling.length > 1 ? leftOutOf(telling, choice) : [];
    const judged = leftOut.length > 0 ? leftOut.map(({ calibration }) => calibration) : [crossValidated];
    const worst = Math.max(...judged.map(({ expectedCalibrationError }) => expectedCalibrationError));
    return { choice, crossValidated, leftOut, worst };
  });
  const { choice, crossValidated, leftOut } = tried.reduce((best, one) =>
    one.worst < best.worst ? one : best,
  );
  return { of: choice.of, curve: curveOf(telling, choice), crossValidated, leftOut };
}

function choicesFor(sources: readonly JudgedSource[]): readonly Choice[] {
  if (sources.length > 1) {
    return RAW_CONFIDENCES.flatMap((of) => [
      ...FITS.map((fitCurve) => ({ of, fitCurve })),
      { of, fitCurve: fitLogistic, evenly: true },
    ]);
  }
  const images = sources.flatMap((source) => source.images);
  const ranked = RAW_CONFIDENCES.map((of) => ({ of, auroc: scoreOf(outcomesOf(images, of)).auroc ?? 0 }));
  const { of } = ranked.reduce((best, one) => (one.auroc > best.auroc ? one : best));
  return FITS.map((fitCurve) => ({ of, fitCurve }));
}

function leftOutOf(sources: readonly JudgedSource[], choice: Choice): LeftOut[] {
  return sources.map(({ name, images }) => {
    const others = sources.filter((other) => other.name !== name);
    return { name, calibration: scoreOf(judgedBy(others, images, choice)) };
  });
}

function crossValidation(sources: readonly JudgedSource[], folds: number, choice: Choice): Calibration {
  const numbered = sources.flatMap(({ name, images }) => images.map((image) => ({ name, image })));
  const calibrated = Array.from({ length: folds }, (_, fold) => {
    const unseen = numbered.filter((_, at) => at % folds === fold).map(({ image }) => image);
    const seen = sources.map(({ name }) => ({
      name,
      images: numbered
        .filter((each, at) => at % folds !== fold && each.name === name)
        .map(({ image }) => image),
    }));
    return judgedBy(seen, unseen, choice);
  });
  return scoreOf(calibrated.flat());
}

/** The particles of the unseen images with the confidence that a curve of the seen sources gives them. */
function judgedBy(
  seen: readonly JudgedSource[],
  unseen: readonly JudgedParticles[],
  choice: Choice,
): RawOutcome[] {
  const curve = curveOf(seen, choice);
  return outcomesOf(unseen, choice.of).map(({ raw, right }) => ({ raw: curveAt(curve, raw), right }));
}

function curveOf(sources: readonly JudgedSource[], { of, fitCurve, evenly }: Choice): ConfidenceCurve {
  const outcomes = sources.map(({ images }) => outcomesOf(images, of)).filter((each) => each.length > 0);
  const all = outcomes.flat();
  if (!evenly) return fitCurve(all);
  // The weights add up to the number of particles, as they do where each counts once.
  return fitCurve(
    outcomes.flatMap((each) =>
      each.map((one) => ({ ...one, weight: all.length / outcomes.length / each.length })),
    ),
  );
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
