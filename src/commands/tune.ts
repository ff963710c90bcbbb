import { availableParallelism } from 'node:os';
import { Presets, SingleBar } from 'cli-progress';
import type { Config } from '../config/schema.ts';
import { ajiPlus } from '../evaluation/aji-plus.ts';
import type { LabelImage } from '../evaluation/label-image.ts';
import { paintedLabels } from '../evaluation/painted-labels.ts';
import { searchThresholds, THRESHOLD_GRID } from '../evaluation/threshold-search.ts';
import type { Detections } from '../inference/detections.ts';
import type { Thresholds } from '../inference/manifest.ts';
import type { Model } from '../inference/model-folder.ts';
import { openNetwork } from '../inference/network.ts';
import { networkInput } from '../inference/network-input.ts';
import type { TileFrame } from '../inference/place-mask.ts';
import { writeMeasured } from '../inference/tuned-manifest.ts';
import { frameOf, segmentsOf } from '../segment-tile.ts';
import { modelNamed } from './evaluate/finders.ts';
import { type PolarityChoice, readLabelled } from './evaluate/judge-sets.ts';
import { type LabelledFile, labelledSets, type SetChoice } from './evaluate/labelled-images.ts';

export interface TuneOptions extends SetChoice {
  readonly model: string;
  /** Null: as configured. */
  readonly polarity: PolarityChoice | null;
  /** Puts what was found into the model's manifest. */
  readonly write: boolean;
  /** The call as typed, for the manifest. */
  readonly command: string;
}

/** Searches the thresholds of a model's manifest for the best mean AJI+ over labelled images. */
export async function tune(config: Config, options: TuneOptions): Promise<void> {
  const model = await modelNamed(config, options.model);
  const sets = await labelledSets(options);
  const files = sets.flatMap((set) => set.files);
  if (files.length === 0) throw new Error('nothing to tune on: give --images and --labels, or --dataset');
  const polarity = options.polarity ?? config.instrument.particlesAre;
  const cases = await detectedCases(model, files, polarity);

  const start = model.manifest.thresholds;
  const { thresholds, scoreBefore, scoreAfter, tried } = searchThresholds(
    start,
    (candidate) => meanAjiPlus(cases, candidate),
    ({ key, thresholds: best, score }) => {
      const grid = THRESHOLD_GRID[key].join(' ');
      console.log(`${key.padEnd(20)} ${String(best[key]).padEnd(5)} of ${grid}: AJI+ ${score.toFixed(4)}`);
    },
  );
  console.log(
    `\nMean AJI+ over ${files.length} images ${scoreBefore.toFixed(4)} -> ${scoreAfter.toFixed(4)}, ${tried} sets of thresholds tried`,
  );
  console.log(JSON.stringify(thresholds, null, 2));
  if (!options.write) return;
  const path = await writeMeasured(model.folder, {
    thresholds,
    tuning: {
      data: sets.map(({ name }) => name).join(', '),
      images: files.length,
      ajiPlusMeanBefore: rounded(scoreBefore),
      ajiPlusMeanAfter: rounded(scoreAfter),
      command: options.command,
    },
    // Measured on the particles that the former thresholds let through.
    calibration: undefined,
    recallBySize: undefined,
  });
  console.log(`written to ${path}; now run particled calibrate, which these thresholds ask for`);
}

/** What the network said of an image, with its truth: all that thresholds change comes after it. */
interface DetectedCase {
  readonly found: Detections;
  readonly frame: TileFrame;
  readonly truth: LabelImage;
}

/** Runs the network once an image and keeps its detections in memory. */
async function detectedCases(
  model: Model,
  files: readonly LabelledFile[],
  polarity: PolarityChoice,
): Promise<DetectedCase[]> {
  const bar = new SingleBar(
    { format: `${model.manifest.name} {bar} {value}/{total} images`, stream: process.stderr },
    Presets.shades_classic,
  );
  const network = await openNetwork(model, availableParallelism());
  try {
    if (process.stderr.isTTY) bar.start(files.length, 0);
    const cases: DetectedCase[] = [];
    for (const file of files) {
      const { image, truth, shown } = await readLabelled(file, polarity);
      const input = networkInput(image, model.manifest.input, shown);
      cases.push({ found: await network.run(input), frame: frameOf(image, input), truth });
      bar.increment();
    }
    return cases;
  } finally {
    bar.stop();
    await network.close();
  }
}

function meanAjiPlus(cases: readonly DetectedCase[], thresholds: Thresholds): number {
  const scores = cases.map(({ found, frame, truth }) => {
    const masks = segmentsOf(found, frame, { thresholds }).map(({ mask }) => mask);
    return ajiPlus(truth, paintedLabels(frame.widthPx, frame.heightPx, masks));
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
