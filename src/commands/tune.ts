import { availableParallelism } from 'node:os';
import { Presets, SingleBar } from 'cli-progress';
import type { Config } from '../config/schema.ts';
import { meanThresholdScore, searchedFigure, type ThresholdScore } from '../evaluation/thresholds/score.ts';
import { searchThresholds, THRESHOLD_GRID } from '../evaluation/thresholds/search.ts';
import { ThresholdTrial } from '../evaluation/thresholds/trial.ts';
import { takeLooks } from '../inference/looks/take-looks.ts';
import type { Thresholds } from '../inference/model/manifest.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { writeMeasured } from '../inference/model/tuned-manifest.ts';
import { openTrusted } from '../known-answer/trusted-network.ts';
import { modelNamed } from './evaluate/finders.ts';
import { type PolarityChoice, readLabelled } from './evaluate/judge-sets.ts';
import { type LabelledSet, labelledSets, type SetChoice } from './evaluate/labelled-images.ts';

export interface TuneOptions extends SetChoice {
  readonly model: string;
  /** Null: as configured. */
  readonly polarity: PolarityChoice | null;
  /** Least mean precision at an IoU over 0.5; 0: any. */
  readonly leastPrecision: number;
  /** Puts what was found into the model's manifest. */
  readonly write: boolean;
  /** The call as typed, for the manifest. */
  readonly command: string;
}

/** Searches the thresholds of a model's manifest for the best mean AJI+ over sets of labelled images. */
export async function tune(config: Config, options: TuneOptions): Promise<void> {
  const { leastPrecision } = options;
  const model = await modelNamed(config, options.model);
  const sets = await labelledSets(options);
  if (sets.length === 0) throw new Error('nothing to tune on: give --images and --labels, or --dataset');
  const trials = await trialsOf(model, sets, options.polarity ?? config.instrument.particlesAre);
  // Every set weighs the same, so that one of many images does not drown the others.
  const scoresOf = (thresholds: Thresholds) =>
    trials.map((ofSet) => meanThresholdScore(ofSet.map((trial) => trial.score(thresholds))));

  const start = model.manifest.thresholds;
  const { thresholds, tried } = searchThresholds(
    start,
    (candidate) => searchedFigure(meanThresholdScore(scoresOf(candidate)), leastPrecision),
    ({ key, thresholds: best }) => {
      const grid = THRESHOLD_GRID[key].join(' ');
      const reached = text(meanThresholdScore(scoresOf(best)));
      console.log(`${key.padEnd(20)} ${String(best[key]).padEnd(5)} of ${grid}: ${reached}`);
    },
  );
  const [before, after] = [scoresOf(start), scoresOf(thresholds)];
  console.log(`\n${tried} sets of thresholds tried`);
  for (const [index, { name, files }] of sets.entries()) {
    console.log(`${name}, ${files.length} images: ${text(before[index]!)} -> ${text(after[index]!)}`);
  }
  const [meanBefore, meanAfter] = [meanThresholdScore(before), meanThresholdScore(after)];
  console.log(`mean: ${text(meanBefore)} -> ${text(meanAfter)}`);
  console.log(JSON.stringify(thresholds, null, 2));
  if (meanAfter.precision < leastPrecision) {
    throw new Error(
      `no thresholds on the way reach a precision of ${leastPrecision}, the best of them ${meanAfter.precision.toFixed(3)}; lower --min-precision or train on`,
    );
  }
  if (!options.write) return;
  const path = await writeMeasured(model.folder, {
    thresholds,
    tuning: {
      data: sets.map(({ name }) => name).join(', '),
      images: sets.reduce((sum, { files }) => sum + files.length, 0),
      ajiPlusMeanBefore: rounded(meanBefore.ajiPlus),
      ajiPlusMeanAfter: rounded(meanAfter.ajiPlus),
      precisionMeanAfter: rounded(meanAfter.precision),
      recallMeanAfter: rounded(meanAfter.recall),
      command: options.command,
    },
    // Measured on the particles that the former thresholds let through.
    calibration: undefined,
    recallBySize: undefined,
  });
  console.log(`written to ${path}; now run particled calibrate, which these thresholds ask for`);
}

/** Runs the network once an image and keeps its detections in memory. */
async function trialsOf(
  model: Model,
  sets: readonly LabelledSet[],
  polarity: PolarityChoice,
): Promise<ThresholdTrial[][]> {
  const bar = new SingleBar(
    { format: `${model.manifest.name} {bar} {value}/{total} images`, stream: process.stderr },
    Presets.shades_classic,
  );
  const { network, check } = await openTrusted(model, availableParallelism());
  if (check.deviation) console.error(check.deviation);
  try {
    if (process.stderr.isTTY) bar.start(sets.flatMap(({ files }) => files).length, 0);
    const trials: ThresholdTrial[][] = [];
    for (const { files } of sets) {
      const ofSet: ThresholdTrial[] = [];
      for (const file of files) {
        const { image, truth, shown } = await readLabelled(file, polarity);
        ofSet.push(new ThresholdTrial(await takeLooks(image, model.manifest, network, shown), image, truth));
        bar.increment();
      }
      trials.push(ofSet);
    }
    return trials;
  } finally {
    bar.stop();
    await network.close();
  }
}

function text({ ajiPlus, precision, recall }: ThresholdScore): string {
  return `AJI+ ${ajiPlus.toFixed(4)}, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`;
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
