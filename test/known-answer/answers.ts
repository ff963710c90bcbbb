import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/inference/model/manifest.ts';
import {
  loadModel,
  loadModels,
  packagedModelsFolder,
  sha256Of,
} from '../../src/inference/model/model-folder.ts';
import { openNetwork } from '../../src/inference/network.ts';
import { computeAnswer } from '../../src/known-answer/compute-answer.ts';
import type { KnownAnswer } from '../../src/known-answer/known-answer.ts';
import { writeAnswer } from '../../src/known-answer/make-answer.ts';
import { knownTile } from '../../src/simulator/tiles/known-tile.ts';
import { type TinyForm, tinyManifest, tinyNetwork } from '../inference/tiny-network.ts';

/** A copy of a folder of the packaged models, whose known answer may be changed. */
export function copiedModels(folder: string): string {
  const models = join(folder, 'models');
  cpSync(packagedModelsFolder, models, { recursive: true });
  return models;
}

export function changeAnswer(folder: string, change: (answer: KnownAnswer) => object): void {
  const path = join(folder, 'known-answer.json');
  const answer: KnownAnswer = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...answer, ...change(answer) }));
}

/** An answer that no arithmetic gives: one particle more than there is. */
export function withOneMore({ particles }: KnownAnswer): Pick<KnownAnswer, 'particles'> {
  return { particles: [...particles, { ...particles[0]!, box: [0, 0, 3, 3] }] };
}

/**
 * Puts a network into the folder of a model, under its name, whose own arithmetic gives another answer than the exact
 * one on every processor, as saturation would on some; and beside it the exact answer.
 */
export async function putDisagreeing(folder: string): Promise<void> {
  const { manifest } = await loadModel(folder);
  await putAnswered(folder, 'qdq-halves', manifest);
}

/** A folder of models with the names and ranges of the packaged ones: tiny networks, each with its known answer. */
export async function tinyModels(folder: string): Promise<string> {
  const models = join(folder, 'models');
  for (const { manifest } of await loadModels(packagedModelsFolder)) {
    const own = join(models, manifest.name);
    mkdirSync(own, { recursive: true });
    await putAnswered(own, 'qdq-64', manifest);
  }
  return models;
}

/** Puts a tiny network into a folder, in the place of what is there, and beside it its answer in exact arithmetic. */
async function putAnswered(
  folder: string,
  form: TinyForm,
  { name, magnification }: Pick<Manifest, 'name' | 'magnification'>,
): Promise<void> {
  const file = join(folder, 'model.onnx');
  cpSync(tinyNetwork(form), file);
  const tiny = { ...tinyManifest('roi-masks'), name, magnification, sha256: await sha256Of(file) };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(tiny));
  rmSync(join(folder, 'known-answer.json'), { force: true });
  const network = await openNetwork({ file, manifest: tiny }, 1, 'exact');
  const image = knownTile('licoo2', 1);
  const particles = await computeAnswer(network, tiny, image, tiny.thresholds);
  await network.close();
  await writeAnswer(folder, tiny, { particles, image, seed: 1, preset: 'licoo2' }, 'test');
}
