import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Config } from '../config/schema.ts';
import { holds } from '../inference/model/magnification-range.ts';
import type { Arithmetic, Manifest, Thresholds } from '../inference/model/manifest.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { manifestText } from '../inference/model/tuned-manifest.ts';
import { type Network, openNetwork } from '../inference/network.ts';
import { type PresetName, presets } from '../simulator/acquisition/preset.ts';
import { KNOWN_TILE_SIDE_PX, knownTile } from '../simulator/tiles/known-tile.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import { computeAnswer } from './compute-answer.ts';
import { type Deviation, deviationOf, isClose } from './deviation.ts';
import type { KnownAnswer, KnownParticle } from './known-answer.ts';
import { ANSWER_FILE } from './read-answer.ts';

/** How long to look for a tile. */
export interface Search {
  /** Virtual tiles that are tried anyway. */
  readonly tiles: number;
  /** Particles after which no more are tried. */
  readonly enough: number;
  readonly tilesMost: number;
}

/** For a model that is shipped. */
const THOROUGH: Search = { tiles: 24, enough: 5, tilesMost: 96 };
/** Share of what is close that rounding may use up. */
const ROUNDING = 0.6;
/** By how much thresholds are shifted to see whether the answer hangs on them. */
const SHIFT = 0.03;
/** Of a grey scale from 0 to 1; a step of 8 bits is 0.004. */
const NUDGES = [-2e-5, -1e-5, 1e-5, 2e-5];
/** Share of what is close that a nudge may use up, rounding included. */
const NUDGED = 0.8;
const IMAGE_FILE = 'known-answer.png';

/** An answer, its tile, and what rounding does to it. */
export interface MadeAnswer {
  readonly particles: readonly KnownParticle[];
  readonly image: GreyImage;
  readonly seed: number;
  readonly preset: PresetName;
  /** The answer in the model's own arithmetic here, against the exact one. */
  readonly rounding: Deviation;
}

/**
 * Looks for a virtual tile whose answer rounding hardly moves, with as many particles as can be had.
 * @returns null where no tile has one
 */
export async function makeAnswer(
  model: Pick<Model, 'file' | 'manifest'>,
  config: Pick<Config, 'instrument'>,
  search: Search = THOROUGH,
): Promise<MadeAnswer | null> {
  const own: Arithmetic = model.manifest.arithmetic ?? 'as-shipped';
  const networks = { exact: await openNetwork(model, 1, 'exact'), own: await openNetwork(model, 1, own) };
  const preset = presetFor(model.manifest, config);
  try {
    let best: MadeAnswer | null = null;
    for (let seed = 1; seed <= search.tilesMost; seed++) {
      const most = best?.particles.length ?? 0;
      if (seed > search.tiles && most >= search.enough) break;
      const image = knownTile(preset, seed);
      const found = await computeAnswer(networks.own, model.manifest, image, model.manifest.thresholds);
      if (found.length <= most) continue;
      const particles = await computeAnswer(networks.exact, model.manifest, image, model.manifest.thresholds);
      const rounding = deviationOf(particles, found);
      if (!isClose(rounding, ROUNDING)) continue;
      if (!(await hangsOnNoThreshold(networks.exact, model.manifest, image, particles.length))) continue;
      if (!(await standsNudges(Object.values(networks), model.manifest, image, particles))) continue;
      best = { particles, image, seed, preset, rounding };
    }
    return best;
  } finally {
    await networks.exact.close();
    await networks.own.close();
  }
}

/** Puts a model's known answer into its folder. @returns its path */
export async function writeAnswer(
  folder: string,
  { sha256, thresholds }: Pick<Manifest, 'sha256' | 'thresholds'>,
  { particles, image, seed, preset }: Omit<MadeAnswer, 'rounding'>,
  command: string,
): Promise<string> {
  const raw = { width: image.widthPx, height: image.heightPx, channels: 1 as const };
  const png = await sharp(image.pixels, { raw }).toColourspace('b-w').png().toBuffer();
  const answer: KnownAnswer = {
    schema: 'particled/known-answer/1',
    modelSha256: sha256,
    image: {
      file: IMAGE_FILE,
      sha256: createHash('sha256').update(png).digest('hex'),
      shows: `virtual powder, preset ${preset}, seed ${seed}, ${KNOWN_TILE_SIDE_PX} px`,
    },
    thresholds,
    particles: [...particles],
    command,
  };
  const path = join(folder, ANSWER_FILE);
  await writeFile(join(folder, IMAGE_FILE), png);
  await writeFile(`${path}.partial`, manifestText(answer));
  await rename(`${path}.partial`, path);
  return path;
}

/** Of the virtual powders the one whose magnification the model serves; else the one that is best known. */
function presetFor({ magnification }: Manifest, { instrument }: Pick<Config, 'instrument'>): PresetName {
  const serves = (preset: PresetName) =>
    holds(magnification, (instrument.displayWidthM * 1e6) / presets[preset].fieldWidthUm);
  return !serves('licoo2') && serves('high') ? 'high' : 'licoo2';
}

/** Whether as many are found with each threshold a little higher or lower: none of them decides narrowly. */
async function hangsOnNoThreshold(
  network: Network,
  manifest: Manifest,
  image: GreyImage,
  count: number,
): Promise<boolean> {
  for (const thresholds of shifted(manifest.thresholds)) {
    const { length } = await computeAnswer(network, manifest, image, thresholds);
    if (length !== count) return false;
  }
  return true;
}

/**
 * Whether the answer stays close when every grey value is a trace brighter or darker. Sums of another order, as on a
 * processor without fused products, do no more than that: here and there a value of 8 bits becomes the next one.
 */
async function standsNudges(
  networks: readonly Network[],
  manifest: Manifest,
  image: GreyImage,
  particles: readonly KnownParticle[],
): Promise<boolean> {
  for (const network of networks) {
    for (const nudge of NUDGES) {
      const nudged: Pick<Network, 'run'> = {
        run: (input) => network.run({ ...input, values: input.values.map((value) => value + nudge) }),
      };
      const found = await computeAnswer(nudged, manifest, image, manifest.thresholds);
      if (!isClose(deviationOf(particles, found), NUDGED)) return false;
    }
  }
  return true;
}

function shifted(thresholds: Thresholds): Thresholds[] {
  return Object.entries(thresholds).flatMap(([key, value]) => {
    // Where masks are cut moves every area a little, and no count.
    if (value === undefined || key === 'maskActivation') return [];
    const steps = key === 'smallestAreaPx' ? [0.8 * value, 1.2 * value] : [value - SHIFT, value + SHIFT];
    return steps.map((step) => ({ ...thresholds, [key]: key === 'smallestAreaPx' ? step : clamped(step) }));
  });
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}
