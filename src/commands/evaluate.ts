import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import sharp from 'sharp';
import type { Config } from '../config/schema.ts';
import { type Calibration, calibrationOf } from '../evaluation/calibration.ts';
import { type ImageScore, type MeanScore, meanScore, scoreImage } from '../evaluation/image-score.ts';
import { type LabelImage, overlapTable } from '../evaluation/label-image.ts';
import { matchOneToOne } from '../evaluation/matching.ts';
import { paintedLabels } from '../evaluation/painted-labels.ts';
import { loadModels, type Model, packagedModelsFolder } from '../inference/model-folder.ts';
import { type Network, openNetwork } from '../inference/network.ts';
import type { Polarity } from '../inference/network-input.ts';
import { segmentTile } from '../segment-tile.ts';

export interface EvaluateOptions {
  readonly images: string;
  readonly labels: string;
  /** Names of models; none: every one there is. */
  readonly models: readonly string[];
  readonly json: boolean;
}

/** One model's figures over a folder of labelled images. */
export interface ModelScore extends MeanScore {
  readonly ajiPlusMedian: number;
  /** Confidence against "this mask has an IoU over 0.5 with a particle"; null without predictions. */
  readonly calibration: Calibration | null;
  readonly particlesCertain: number;
  readonly particlesUncertain: number;
}

/** Measures the shipped pipeline against labelled images: the one ruler of every accuracy figure. */
export async function evaluate(config: Config, options: EvaluateOptions): Promise<void> {
  const all = await loadModels(config.models.folder ?? packagedModelsFolder);
  const unknown = options.models.filter((name) => !all.some((model) => model.manifest.name === name));
  if (unknown.length > 0)
    throw new Error(
      `no model named ${unknown.join(', ')}; there is ${all.map((m) => m.manifest.name).join(', ')}`,
    );
  const models = all.filter(
    ({ manifest }) => options.models.length === 0 || options.models.includes(manifest.name),
  );
  const names = (await readdir(options.images)).filter((name) => /\.(png|tiff?)$/i.test(name)).sort();
  if (names.length === 0) throw new Error(`${options.images}: holds no .png or .tif image`);

  const scores: Record<string, ModelScore> = {};
  for (const model of models) {
    scores[model.manifest.name] = await scoreModel(model, names, options, config.instrument.particlesAre);
  }
  if (options.json) console.log(JSON.stringify({ images: names.length, models: scores }, null, 2));
  else
    console.table(Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, tableRow(score)])));
}

async function scoreModel(
  model: Model,
  names: readonly string[],
  { images, labels }: EvaluateOptions,
  polarity: Polarity,
): Promise<ModelScore> {
  const network = await openNetwork(model, 2);
  const bar = new SingleBar(
    { format: `${model.manifest.name} {bar} {value}/{total}`, stream: process.stderr },
    Presets.shades_classic,
  );
  if (process.stderr.isTTY) bar.start(names.length, 0);
  const scored: ScoredImage[] = [];
  for (const name of names) {
    const truth = await readLabels(join(labels, `${name.replace(/\.[^.]+$/, '')}.png`));
    scored.push(await scoreOne(join(images, name), truth, model, network, polarity));
    bar.increment();
  }
  bar.stop();
  await network.close();
  const verdicts = scored.flatMap((image) => image.verdicts);
  const means = meanScore(scored.map((image) => image.score));
  if (means === null) throw new Error('no image was scored');
  return {
    ...means,
    ajiPlusMedian: medianOf(scored.map((image) => image.score.ajiPlus)),
    calibration: calibrationOf(
      verdicts.map((v) => v.confidence),
      verdicts.map((v) => v.right),
    ),
    particlesCertain: verdicts.filter((v) => v.certain).length,
    particlesUncertain: verdicts.filter((v) => !v.certain).length,
  };
}

interface ScoredImage {
  readonly score: ImageScore;
  readonly verdicts: readonly {
    readonly confidence: number;
    readonly certain: boolean;
    readonly right: boolean;
  }[];
}

async function scoreOne(
  path: string,
  truth: LabelImage,
  model: Model,
  network: Network,
  polarity: Polarity,
): Promise<ScoredImage> {
  const task = {
    path,
    databarHeightPx: 0,
    pixelSizeNm: 1000, // labels know pixels only
    stagePositionUm: { x: 0, y: 0 },
    model: model.manifest.name,
    overlayPath: null,
  };
  const { image, segments } = await segmentTile(task, model, network, polarity);
  const predicted = paintedLabels(
    image.widthPx,
    image.heightPx,
    segments.map((segment) => segment.mask),
  );
  const matches = matchOneToOne(overlapTable(truth, predicted));
  const right = new Set(matches.filter((match) => match.iou > 0.5).map((match) => match.predictedId));
  return {
    score: scoreImage(truth, predicted),
    verdicts: segments.map(({ confidence, certain }, index) => ({
      confidence,
      certain,
      right: right.has(index + 1),
    })),
  };
}

async function readLabels(path: string): Promise<LabelImage> {
  const { data, info } = await sharp(path)
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const labels = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  if (info.channels !== 1)
    throw new Error(`${path}: labels have ${info.channels} channels, expected 1 (one value a particle)`);
  return { widthPx: info.width, heightPx: info.height, labels };
}

function tableRow(score: ModelScore): Record<string, string | number> {
  const { calibration } = score;
  return {
    images: score.images,
    'AJI+ mean': rounded(score.ajiPlusMean),
    'AJI+ median': rounded(score.ajiPlusMedian),
    precision: rounded(score.precisionMean),
    recall: rounded(score.recallMean),
    PQ: rounded(score.panopticQualityMean),
    'foreground IoU': rounded(score.foregroundIouMean),
    'count error': rounded(score.countErrorMean),
    uncertain: rounded(
      score.particlesUncertain / Math.max(1, score.particlesCertain + score.particlesUncertain),
    ),
    ECE: calibration ? rounded(calibration.expectedCalibrationError) : '-',
    AUROC: calibration?.auroc == null ? '-' : rounded(calibration.auroc),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
