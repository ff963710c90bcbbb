import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { z } from 'zod';
import type { Config } from '../../config/schema.ts';
import { messageOf } from '../../errors.ts';
import {
  type AcquisitionScore,
  acquisitionScore,
  type MeasuredTile,
} from '../../evaluation/sizes/acquisition-score.ts';
import { contentFaults, limitText } from '../../fault-text.ts';
import type { Polarity } from '../../inference/network-input.ts';
import { measureParticle } from '../../measure/measure-particle.ts';
import { readPixels } from '../../watcher/image/pixels.ts';
import { readTile } from '../../watcher/read-tile.ts';
import type { Finder, NamedFinder } from './finders.ts';

const point = z.object({ x: z.number(), y: z.number() });

/** What is read of a `truth.json`. */
const truthSchema = z.object({
  seed: z.number(),
  grid: z.object({
    rows: z.number(),
    columns: z.number(),
    fieldWidthUm: z.number().positive(),
    widthPx: z.number().positive(),
    heightPx: z.number().positive(),
  }),
  /** Null: another kind than log-normal, or a truth that does not say. */
  sizeDistribution: z
    .object({
      kind: z.literal('log-normal'),
      diameterMedianUm: z.number().positive(),
      geometricStandardDeviation: z.number().min(1),
      diameterMinUm: z.number().positive(),
      diameterMaxUm: z.number().positive(),
    })
    .nullable()
    .catch(null),
  tiles: z.array(z.object({ file: z.string().min(1), centreUm: point })).min(1),
  particles: z.array(
    z.object({ centreUm: point, areaUm2: z.number().positive(), wholeInATile: z.boolean() }),
  ),
});

/** A simulated acquisition: its tiles and what lay under them. */
export interface Acquisition {
  readonly folder: string;
  readonly truth: z.infer<typeof truthSchema>;
}

/** @throws Error naming what is wrong with the folder's truth.json. */
export async function readAcquisition(folder: string): Promise<Acquisition> {
  const path = join(folder, 'truth.json');
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: cannot be read (${messageOf(error)}); write it with particled simulate`);
  }
  const parsed = truthSchema.safeParse(json, { error: limitText });
  if (!parsed.success) throw new Error(`${path}: ${contentFaults(parsed.error, json)}`);
  return { folder, truth: parsed.data };
}

/** Measures all tiles with one model and compares the sizes with the truth. */
export async function scoreAcquisition(
  { folder, truth }: Acquisition,
  named: NamedFinder,
  { instrument }: Config,
  polarity: Polarity,
): Promise<AcquisitionScore> {
  const bar = new SingleBar(
    { format: `${named.name} {bar} {value}/{total} tiles`, stream: process.stderr },
    Presets.shades_classic,
  );
  const finder = await named.open();
  try {
    if (process.stderr.isTTY) bar.start(truth.tiles.length, 0);
    const tiles: MeasuredTile[] = [];
    for (const { file } of truth.tiles) {
      tiles.push(await measuredTile(join(folder, file), finder, instrument.displayWidthM, polarity));
      bar.increment();
    }
    return acquisitionScore(truth.particles, tiles);
  } finally {
    bar.stop();
    await finder.close();
  }
}

async function measuredTile(
  path: string,
  finder: Finder,
  displayWidthDefaultM: number,
  polarity: Polarity,
): Promise<MeasuredTile> {
  const { metadata } = await readTile(path, { displayWidthDefaultM });
  const image = await readPixels(path, metadata.databarHeightPx);
  const { widthPx, heightPx } = image;
  const pixelSizeUm = metadata.pixelSizeNm / 1000;
  const { stagePositionUm, scanRotationRad } = metadata;
  if (stagePositionUm === null) throw new Error(`${path}: has no stage position; give tiles of a simulation`);
  const tile = { widthPx, heightPx, pixelSizeUm, centreStageUm: stagePositionUm, scanRotationRad };
  const segments = await finder.segments(image, polarity);
  return {
    stagePositionUm,
    fieldUm: { width: widthPx * pixelSizeUm, height: heightPx * pixelSizeUm },
    particles: segments.map((segment) => measureParticle(segment.mask, tile, segment)),
  };
}
