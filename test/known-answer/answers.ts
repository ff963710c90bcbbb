import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel, type Model, packagedModelsFolder } from '../../src/inference/model-folder.ts';
import { openNetwork } from '../../src/inference/network.ts';
import { computeAnswer } from '../../src/known-answer/compute-answer.ts';
import { deviationOf, isClose } from '../../src/known-answer/deviation.ts';
import type { KnownAnswer } from '../../src/known-answer/known-answer.ts';
import { writeAnswer } from '../../src/known-answer/make-answer.ts';
import { knownTile } from '../../src/simulator/known-tile.ts';

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

/** Puts a tile beside a model in which rounding alone moves the answer farther than is close, as saturation would. */
export async function askWhatRoundingMoves(folder: string): Promise<Model> {
  const model = await loadModel(folder);
  const { manifest } = model;
  const [exact, shipped] = [await openNetwork(model, 1, 'exact'), await openNetwork(model, 1, 'as-shipped')];
  try {
    for (let seed = 1; seed <= 40; seed++) {
      const image = knownTile('licoo2', seed);
      const particles = await computeAnswer(exact, manifest, image, manifest.thresholds);
      const rounding = deviationOf(
        particles,
        await computeAnswer(shipped, manifest, image, manifest.thresholds),
      );
      if (particles.length === 0 || isClose(rounding)) continue;
      await writeAnswer(folder, manifest, { particles, image, seed, preset: 'licoo2' }, 'test');
      return model;
    }
  } finally {
    await exact.close();
    await shipped.close();
  }
  throw new Error('rounding moves no answer far enough');
}
