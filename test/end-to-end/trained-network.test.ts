import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { Detections } from '../../src/inference/detections.ts';
import { loadModel, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { openNetwork } from '../../src/inference/network.ts';
import { networkInput } from '../../src/inference/network-input.ts';
import { readPixels } from '../../src/watcher/image/pixels.ts';
import { gone, particled } from '../support/command.ts';
import { premises } from '../support/premises.ts';

const interpreter = resolve(process.env.TRAINING_PYTHON ?? '.venv/bin/python');
const sidePx = 192;

interface Found {
  readonly boxes: number[];
  readonly scores: number[];
  readonly 'sem-scores': number[];
  readonly masks: number[];
}

it('finds in Node what Python finds, after two iterations on simulated images, in 32 and in 8 bits', async () => {
  const { folder } = premises();
  const data = join(folder, 'data', 'virtual-low');
  const powder = `simulate dataset --style low --count 3 --size ${sidePx} --out ${data}`;
  const simulated = await particled(...powder.split(' '));
  expect(simulated.code, simulated.stderr).toBe(0);
  const sources = '--mixture low --without emps --without spheres --without ampis --without agglomerates';
  const schedule = '--iterations 2 --batch 1 --crop 128 --workers 0';
  const trained = await python(`train.py --data ${folder}/data --out ${folder}/run ${sources} ${schedule}`);
  expect(trained).toContain('stopped at iteration 2 of 2');
  const image = join(data, 'images', '000000.png');
  await python(`tests/first_result.py --run ${folder}/run --image ${image} --out ${folder}`);

  const expected: Record<string, Found> = JSON.parse(await readFile(join(folder, 'found.json'), 'utf8'));
  expect(Object.keys(expected)).toEqual(['exported.onnx', 'quantised.onnx']);
  for (const [file, inPython] of Object.entries(expected)) {
    const inNode = await detectionsOf(join(folder, file), image);
    expect(inNode.count).toBe(inPython.scores.length);
    expect(inNode.count).toBeGreaterThan(0);
    expectAlike(inNode.scores, inPython.scores, 0.01);
    expectAlike(inNode.semScores, inPython['sem-scores'], 0.01);
    expectAlike(inNode.boxes, inPython.boxes, 2);
    expectAlike(inNode.masks, inPython.masks, 0.05);
  }
}, 400_000);

/** The image's detections by the model file, run as the segmenter runs it. */
async function detectionsOf(file: string, image: string): Promise<Detections> {
  const folder = `${file}-model`;
  await mkdir(folder);
  const bytes = await readFile(file);
  await writeFile(join(folder, 'model.onnx'), bytes);
  const [packaged] = (await readdir(packagedModelsFolder)).sort();
  const manifest = JSON.parse(await readFile(join(packagedModelsFolder, packaged!, 'manifest.json'), 'utf8'));
  manifest.file = 'model.onnx';
  manifest.sha256 = createHash('sha256').update(bytes).digest('hex');
  manifest.input.longestSidePx = sidePx;
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const model = await loadModel(folder);
  const network = await openNetwork(model, 1);
  const pixels = await readPixels(image, 0);
  const detections = await network.run(networkInput(pixels, model.manifest.input, 'bright'));
  await network.close();
  return detections;
}

/** The same values but for their order: regions that score alike may come in another one. */
function expectAlike(found: Float32Array, wanted: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(wanted.length);
  const [a, b] = [found.toSorted(), Float32Array.from(wanted).sort()];
  expect(a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)).toBeLessThan(tolerance);
}

/** Runs a script of training/ with its words and gives what it printed. */
async function python(line: string): Promise<string> {
  if (!existsSync(interpreter)) {
    throw new Error(
      `${interpreter}: no Python to train with; make it as training/README.md says, or name another in TRAINING_PYTHON`,
    );
  }
  const child = spawn(interpreter, line.split(' '), { cwd: 'training' });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), gone(child)]);
  expect(child.exitCode, stderr).toBe(0);
  return stdout;
}
