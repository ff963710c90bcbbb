import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../src/inference/model/model-folder.ts';
import { writeMeasured } from '../../src/inference/model/tuned-manifest.ts';
import { tinyModels } from '../known-answer/answers.ts';
import { particled } from '../support/command.ts';
import { drawnDiscs, drawnSetWithModels, writeDrawnSet, writeLabels } from './drawn-set.ts';

let set: string;
let models: string;
let config: string;
beforeAll(async () => {
  ({ set, models, config } = await drawnSetWithModels(tinyModels));
});

describe('particled tune', () => {
  it('writes the best thresholds and where they come from into the manifest', async () => {
    const recallBySize = {
      data: '',
      images: 1,
      command: '',
      diameterRecall50Px: null,
      diameterRecall80Px: null,
    };
    const sizeClass = { diameterFromPx: 0, diameterBelowPx: null, particles: 0, found: 0, recall: null };
    await writeMeasured(join(models, 'low'), { recallBySize: { ...recallBySize, classes: [sizeClass] } });
    const words = ['--dataset', set, '--model', 'low', '--config', config, '--write'];
    const { stdout, stderr, code } = await particled('tune', ...words);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/, 3 images: AJI\+ 0\.\d+, precision .* -> AJI\+ [01]\.\d+/);
    const { manifest } = await loadModel(join(models, 'low'));
    expect(manifest.tuning).toMatchObject({ images: 3, command: `particled tune ${words.join(' ')}` });
    // It was of the particles that the former thresholds let through.
    expect(manifest).not.toHaveProperty('recallBySize');
    expect(manifest.tuning!.ajiPlusMeanAfter).toBeGreaterThanOrEqual(manifest.tuning!.ajiPlusMeanBefore);

    const again = await particled(
      'evaluate',
      '--dataset',
      set,
      '--model',
      'low',
      '--config',
      config,
      '--json',
    );
    expect(JSON.parse(again.stdout).models.low.ajiPlusMean).toBeCloseTo(manifest.tuning!.ajiPlusMeanAfter, 4);
  }, 60_000);

  it('weighs sets alike, whatever their images', async () => {
    const other = await writeDrawnSet();
    for (const kind of ['images', 'labels']) rmSync(join(other, kind, 'none.png'));
    const { stdout } = await particled(
      ...['tune', '--dataset', set, other, '--model', 'low'],
      ...['--config', config],
    );
    const figures = [...stdout.matchAll(/(?:images|mean): .* -> AJI\+ ([\d.]+)/g)].map((found) =>
      Number(found[1]),
    );
    const [ofThree = 0, ofTwo = 0, mean] = figures;
    expect(mean).toBeCloseTo((ofThree + ofTwo) / 2, 3);
  }, 60_000);

  it('refuses to write thresholds of too little precision', async () => {
    const mislabelled = await writeDrawnSet();
    for (const name of ['one', 'two', 'none']) {
      // Nothing to be seen lies there: whatever is found is wrong.
      const { truth } = drawnDiscs(96, 80, [{ x: 93, y: 3, radius: 2 }]);
      await writeLabels(join(mislabelled, 'labels', `${name}.png`), truth);
    }
    const file = join(models, 'low', 'manifest.json');
    const before = readFileSync(file, 'utf8');
    const words = ['--dataset', mislabelled, '--model', 'low', '--config', config, '--write'];
    const { stderr, code } = await particled('tune', ...words, '--min-precision', '0.5');
    expect(stderr).toMatch(/reach a precision of 0\.5, the best of them 0\.000/);
    expect(code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(before);
  }, 60_000);

  it('changes nothing without --write, and names the models there are', async () => {
    const file = join(models, 'low', 'manifest.json');
    const before = readFileSync(file, 'utf8');
    const { stderr } = await particled('tune', '--dataset', set, '--model', 'grand', '--config', config);
    expect(stderr).toMatch(/no model named grand; there is .*low/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
