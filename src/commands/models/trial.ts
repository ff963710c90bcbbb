import { dirname } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { ModelError, messageOf } from '../../errors.ts';
import { detectionFaults } from '../../inference/detection-faults.ts';
import type { Detections } from '../../inference/detections.ts';
import type { MagnificationRange } from '../../inference/model/magnification-range.ts';
import type { Manifest, Thresholds } from '../../inference/model/manifest.ts';
import { sha256Of } from '../../inference/model/model-folder.ts';
import { recogniseNetwork } from '../../inference/model/recognise-network.ts';
import { saturationText } from '../../inference/model/saturation.ts';
import { networkFacts, openNetwork } from '../../inference/network.ts';
import { type NetworkInput, networkInput } from '../../inference/network-input.ts';
import { makeAnswer, type Search, writeAnswer } from '../../known-answer/make-answer.ts';
import { requireExactForm, saturationOfFile } from '../../known-answer/trusted-network.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import type { AddOptions } from './add-options.ts';
import { speedOf } from './speed.ts';

/** Longest side of the trial image: a network of any cost runs on it. */
const TRIAL_SIDE_PX = 256;

/**
 * The paper's combination for its published low-magnification network
 * (github.com/lrettenberger/Uncertainty-Aware-Particle-Segmentation-for-SEM, export_low_magnification/model.py):
 * 1,000 pixels of a 1920 x 1200 tile are 810 of its input of 1728 x 1080.
 */
const PAPERS_THRESHOLDS: Thresholds = {
  objectnessCertain: 0.745,
  objectnessUncertain: 0.7,
  overlap: 0.704,
  crossOverlap: 0.494,
  maskActivation: 0.415,
  smallestAreaPx: 810,
};
const PLAIN_THRESHOLDS: Thresholds = {
  objectnessCertain: 0.5,
  objectnessUncertain: 0.7,
  overlap: 0.5,
  crossOverlap: 0.3,
  maskActivation: 0.5,
  smallestAreaPx: 24,
};

/** What a network is fed by default: the paper's published networks pad inside, to no multiple. */
const FORMS = {
  'roi-masks': { longestSidePx: 960, sideMultiplePx: 32, thresholds: PLAIN_THRESHOLDS },
  'full-masks': { longestSidePx: 1728, sideMultiplePx: 1, thresholds: PAPERS_THRESHOLDS },
} as const;

export interface Candidate {
  /** The network to prove. */
  readonly file: string;
  /** Where it comes from, for messages and the manifest. */
  readonly source: string;
  readonly name: string;
  readonly range: MagnificationRange;
  /** The manifest that it came with. */
  readonly known: Manifest | null;
  readonly options: AddOptions;
  /** Draws the tile that it is tried and timed on. */
  readonly trialTile: () => GreyImage;
}

/** A network that holds what its manifest says. */
export interface Proof {
  readonly manifest: Manifest;
  /** What it found on the trial tile; without any, its values could not be judged. */
  readonly regions: number;
  /** Why it is computed exactly and what that costs here, in words; null where its own arithmetic will do. */
  readonly costOfExact: string | null;
  /** Particles of the known answer that was put beside it; null where no virtual tile has one. */
  readonly knownParticles: number | null;
}

/** For a known answer: shorter than for a model that is shipped. */
const SEARCH: Search = { tiles: 8, enough: 1, tilesMost: 48 };

/**
 * Opens a network, tries it on a virtual tile, times it and writes its manifest.
 * @throws ModelError with every fault, what was found and what to do.
 */
export async function prove(candidate: Candidate, config: Config): Promise<Proof> {
  try {
    return await proved(candidate, config);
  } catch (error) {
    // The person knows the network by its own path, not by that of the copy.
    throw new ModelError(messageOf(error).replaceAll(candidate.file, candidate.source));
  }
}

async function proved(candidate: Candidate, config: Config): Promise<Proof> {
  const { file, source, known, options } = candidate;
  const draft = await draftOf(candidate);
  const tile = candidate.trialTile();
  const { found, input } = await tried(file, draft, tile);
  const kind = isFull(found, input) ? 'full-masks' : 'roi-masks';
  const asked = options.kind ?? known?.outputs.kind ?? kind;
  const faults = detectionFaults(found, input);
  if (asked !== kind) {
    faults.push(
      `gives masks of ${found.maskWidth} x ${found.maskHeight} for an input of ${input.widthPx} x ${input.heightPx} px: ` +
        `that is ${kind}, not ${asked}; leave --kind away or export it otherwise`,
    );
  }
  if (faults.length > 0) throw new ModelError(`${source}: ${faults.join('; ')}`);
  const plain = { ...finished(candidate, draft, kind), sha256: await sha256Of(file) };
  const { manifest, costOfExact } = await timed(file, plain, tile, config);
  const answer = await makeAnswer({ file, manifest }, config, SEARCH);
  if (answer) await writeAnswer(dirname(file), manifest, answer, 'particled models add');
  return { manifest, regions: found.count, costOfExact, knownParticles: answer?.particles.length ?? null };
}

/** With its speed, and in exact arithmetic where its products could saturate. */
async function timed(
  file: string,
  manifest: Manifest,
  tile: GreyImage,
  config: Config,
): Promise<Pick<Proof, 'manifest' | 'costOfExact'>> {
  const saturation = await saturationOfFile(file);
  if (saturation.saturating.length === 0) {
    return {
      manifest: { ...manifest, speed: await speedOf({ file, manifest }, tile, config) },
      costOfExact: null,
    };
  }
  requireExactForm(file, saturation);
  const exact = await speedOf({ file, manifest }, tile, config, 'exact');
  const asShipped = await speedOf({ file, manifest }, tile, config, 'as-shipped');
  return {
    manifest: { ...manifest, arithmetic: 'exact', speed: exact },
    costOfExact:
      `${saturationText(saturation)}, so without VNNI it may find other particles: it is computed in exact ` +
      `arithmetic, ${exact.tileMs} ms a tile in place of ${asShipped.tileMs} ms here; ` +
      'with weights of 7 bits (reduce_range) that would cost nothing',
  };
}

/** What can be said of a network before it has run. */
async function draftOf({ file, source, name, range, known, options }: Candidate): Promise<Manifest> {
  if (known) return { ...known, name, magnification: range };
  const recognised = recogniseNetwork(await networkFacts(file), options.outputs);
  if ('faults' in recognised) throw new ModelError(`${source}: ${recognised.faults.join('; ')}`);
  const { boxes, scores, masks, 'sem-scores': semScores } = recognised.outputs;
  return {
    schema: 'particled/model/1',
    name,
    description: options.description ?? `Added from ${source}.`,
    file: 'model.onnx',
    sha256: '',
    magnification: range,
    input: {
      name: recognised.input,
      longestSidePx: TRIAL_SIDE_PX,
      // Any network takes an input padded to what pyramids usually need.
      sideMultiplePx: options.sideMultiplePx ?? 32,
      ...(recognised.fixedPx ? { fixedPx: recognised.fixedPx } : {}),
      valueRange: [0, 1],
    },
    outputs: { kind: 'roi-masks', boxes, scores, semScores, masks },
    confidenceBins: recognised.confidenceBins ?? 6,
    thresholds: PLAIN_THRESHOLDS,
    training: { source, addedBy: 'particled models add; what it was trained on is not known' },
    accuracy: [],
  };
}

async function tried(
  file: string,
  manifest: Manifest,
  tile: GreyImage,
): Promise<{ found: Detections; input: NetworkInput }> {
  const network = await openNetwork({ file, manifest }, 1);
  try {
    const input = networkInput(tile, { ...manifest.input, longestSidePx: TRIAL_SIDE_PX }, 'bright');
    return { found: await network.run(input), input };
  } finally {
    await network.close();
  }
}

function isFull(found: Detections, input: NetworkInput): boolean {
  return found.maskWidth === input.widthPx && found.maskHeight === input.heightPx;
}

function finished(
  { known, options }: Candidate,
  draft: Manifest,
  kind: Manifest['outputs']['kind'],
): Manifest {
  const form = FORMS[kind];
  const { fixedPx } = draft.input;
  const longestSidePx = fixedPx ? Math.max(fixedPx.width, fixedPx.height) : form.longestSidePx;
  return {
    ...draft,
    file: 'model.onnx',
    description: options.description ?? draft.description,
    input: {
      ...draft.input,
      longestSidePx: options.longestSidePx ?? known?.input.longestSidePx ?? longestSidePx,
      sideMultiplePx: options.sideMultiplePx ?? known?.input.sideMultiplePx ?? form.sideMultiplePx,
    },
    outputs: { ...draft.outputs, kind },
    thresholds: known?.thresholds ?? form.thresholds,
  };
}
