import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { openNetwork } from '../../src/inference/network.ts';
import { computeAnswer } from '../../src/known-answer/compute-answer.ts';
import { writeAnswer } from '../../src/known-answer/make-answer.ts';
import type { ModelCheck } from '../../src/known-answer/model-check.ts';
import { knownTile } from '../../src/simulator/tiles/known-tile.ts';
import { putTinyModel } from '../inference/tiny-network.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';

const script = fileURLToPath(new URL('./report-answers.ts', import.meta.url));
const run = promisify(execFile);

/** What the known answers of these models come to on an emulated processor (qemu-user); minutes with AVX2. */
async function checksOn(processor: string, modelsFolder: string): Promise<ModelCheck[]> {
  const words = ['-cpu', processor, process.execPath, script, modelsFolder];
  const { stdout } = await run('qemu-x86_64', words, { timeout: 900_000 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const ofX64 = { isMet: process.platform === 'linux' && process.arch === 'x64', what: 'Linux on x64' };

describeNeeding(ofX64)('the shipped models', () => {
  it.each([
    ['AVX2 without VNNI', 'Haswell'],
    ['no AVX2', 'Nehalem'],
  ])('give their known answers on a processor with %s (%s)', { timeout: 900_000 }, async (_, processor) => {
    const checks = await checksOn(processor, packagedModelsFolder);
    expect(checks.map(({ model }) => model)).toEqual(['high', 'low']);
    for (const { arithmetic, figures } of checks) {
      expect(arithmetic).toBe('as-shipped');
      expect(figures).toMatch(/^(\d+) particles of \1, areas within /);
    }
    console.log(
      checks.map(({ model, arithmetic, figures }) => `${processor}, ${model}, ${arithmetic}: ${figures}`),
    );
  });
});

describeNeeding(ofX64)('a network whose products saturate', () => {
  it('finds something else with AVX2 alone, and goes over to exact arithmetic there', {
    timeout: 300_000,
  }, async () => {
    const models = join(premises().folder, 'models');
    mkdirSync(models);
    const model = await putTinyModel(models, 'qdq-127');
    const { manifest } = model;
    const network = await openNetwork(model, 1, 'exact');
    const image = knownTile('licoo2', 1);
    const particles = await computeAnswer(network, manifest, image, manifest.thresholds);
    await network.close();
    const made = { particles, image, seed: 1, preset: 'licoo2' } as const;
    await writeAnswer(model.folder, manifest, made, 'test');
    // Its score falls from 0.9 to 0.455, under the threshold: no particle of one.
    expect(await checksOn('Haswell', models)).toEqual([
      {
        ...{ model: 'qdq-127', arithmetic: 'exact' },
        figures: expect.stringMatching(/^1 particles of 1, /),
        deviation: expect.stringMatching(/does not give its known answer \(0 particles of 1, 1 not found/),
      },
    ]);
  });
});
