import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel, packagedModelsFolder } from '../../src/inference/model-folder.ts';
import { particled } from '../support/command.ts';
import { writeDrawnSet } from './drawn-set.ts';

let set: string;
let models: string;
let config: string;
beforeAll(async () => {
  set = await writeDrawnSet();
  models = join(set, 'models');
  cpSync(packagedModelsFolder, models, { recursive: true });
  config = join(set, 'particled.yaml');
  writeFileSync(config, `watch:\n  folder: ${set}\nmodels:\n  folder: ${models}\n`);
});

describe('particled tune', () => {
  it('writes the best thresholds and where they come from into the manifest', async () => {
    const words = ['--dataset', set, '--model', 'general', '--config', config, '--write'];
    const { stdout, stderr, code } = await particled('tune', ...words);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/Mean AJI\+ over 3 images 0\.\d+ -> [01]\.\d+/);
    const { manifest } = await loadModel(join(models, 'general'));
    expect(manifest.tuning).toMatchObject({ images: 3, command: `particled tune ${words.join(' ')}` });
    expect(manifest.tuning!.ajiPlusMeanAfter).toBeGreaterThanOrEqual(manifest.tuning!.ajiPlusMeanBefore);

    const again = await particled(
      'evaluate',
      '--dataset',
      set,
      '--model',
      'general',
      '--config',
      config,
      '--json',
    );
    expect(JSON.parse(again.stdout).models.general.ajiPlusMean).toBeCloseTo(
      manifest.tuning!.ajiPlusMeanAfter,
      4,
    );
  }, 60_000);

  it('changes nothing without --write, and names the models there are', async () => {
    const file = join(models, 'general', 'manifest.json');
    const before = readFileSync(file, 'utf8');
    const { stderr } = await particled('tune', '--dataset', set, '--model', 'grand', '--config', config);
    expect(stderr).toMatch(/no model named grand; there is .*general/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
