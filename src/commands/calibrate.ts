import type { Config } from '../config/schema.ts';
import { fitCalibration, type JudgedSource } from '../evaluation/calibration/fit.ts';
import type { JudgedImage } from '../evaluation/scores/judged-image.ts';
import { diameterAtRecall, recallBySize } from '../evaluation/sizes/size-recall.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { manifestText, writeMeasured } from '../inference/model/tuned-manifest.ts';
import { finderContestant } from './evaluate/contestants.ts';
import { modelNamed, networkFinder } from './evaluate/finders.ts';
import { judgeSets, type PolarityChoice } from './evaluate/judge-sets.ts';
import { labelledSets, type SetChoice } from './evaluate/labelled-images.ts';

export interface CalibrateOptions extends SetChoice {
  readonly model: string;
  /** Null: as configured. */
  readonly polarity: PolarityChoice | null;
  /** Parts of the images, each judged by a curve fitted to the others. */
  readonly folds: number;
  /** Puts what was found into the model's manifest. */
  readonly write: boolean;
  /** The call as typed, for the manifest. */
  readonly command: string;
}

/** Fits what turns a model's scores into the chance that a particle is right, on what the shipped pipeline finds. */
export async function calibrate(config: Config, options: CalibrateOptions): Promise<void> {
  const model = await modelNamed(config, options.model);
  const sets = await labelledSets(options);
  if (sets.length === 0) throw new Error('nothing to calibrate on: give --images and --labels, or --dataset');
  const polarity = options.polarity ?? config.instrument.particlesAre;
  const contestant = finderContestant(networkFinder(uncalibrated(model)));
  const judged = await judgeSets(contestant, sets, polarity);
  const images = judged.flat();
  const sources = sets.map(({ name }, at) => ({
    name,
    images: judged[at]!.map(({ verdicts }) => verdicts ?? []),
  }));

  const source = {
    data: sets.map(({ name }) => name).join(', '),
    images: images.length,
    command: options.command,
  };
  const measured = {
    calibration: { ...calibrationOn(sources, options.folds), ...source },
    recallBySize: { ...recallOn(images, model.manifest.input.longestSidePx), ...source },
  };
  process.stdout.write(manifestText(measured));
  if (options.write) console.log(`written to ${await writeMeasured(model.folder, measured)}`);
}

function uncalibrated(model: Model): Model {
  return { ...model, manifest: { ...model.manifest, calibration: undefined } };
}

function calibrationOn(sources: readonly JudgedSource[], folds: number) {
  const { of, curve, crossValidated, leftOut } = fitCalibration(sources, folds);
  const { count, expectedCalibrationError, brierScore, auroc } = crossValidated;
  return {
    of,
    curve,
    particles: count,
    folds,
    expectedCalibrationError: rounded(expectedCalibrationError),
    brierScore: rounded(brierScore),
    auroc: auroc === null ? null : rounded(auroc),
    ...(leftOut.length > 0 && {
      leftOut: leftOut.map(({ name, calibration }) => ({
        data: name,
        particles: calibration.count,
        expectedCalibrationError: rounded(calibration.expectedCalibrationError),
      })),
    }),
  };
}

/** In pixels of the network's input, whose longest side always has as many. */
function recallOn(images: readonly JudgedImage[], longestSidePx: number) {
  const particles = images.flatMap(({ trueParticles }) => trueParticles);
  const px = (share: number | null) => (share === null ? null : rounded(share * longestSidePx));
  return {
    diameterRecall50Px: px(diameterAtRecall(particles, 0.5)),
    diameterRecall80Px: px(diameterAtRecall(particles, 0.8)),
    classes: recallBySize(particles).map(({ from, below, recall, ...counts }) => ({
      diameterFromPx: rounded(from * longestSidePx),
      diameterBelowPx: px(below),
      ...counts,
      recall: recall === null ? null : rounded(recall),
    })),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
