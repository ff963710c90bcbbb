import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { loadModels } from '../../../src/inference/model/model-folder.ts';
import { loadShadowModel } from '../../../src/inference/model/shadow-model.ts';
import { premises } from '../../support/premises.ts';
import { modelsWithShadow } from '../../support/shadow-model.ts';

/** The models of the package, `low` to 10,000x and `high` from there on, and `next`, which serves no tile. */
async function folder(change: (manifest: Record<string, unknown>) => void = () => {}) {
  const { models, shadow } = modelsWithShadow(premises().folder);
  const file = join(shadow, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  change(manifest);
  writeFileSync(file, JSON.stringify(manifest));
  return { models, shadow, serving: await loadModels(models) };
}

describe('the model that models.shadow names', () => {
  it('lies apart from those that serve, whatever range it has', async () => {
    const { models, serving } = await folder();
    expect(serving.map(({ manifest }) => manifest.name)).toEqual(['high', 'low']);
    const shadow = await loadShadowModel(models, 'next', serving);
    expect(shadow.manifest).toMatchObject({ name: 'next', magnification: { from: 0, below: null } });
  });

  it('is refused where it is not installed, with those that are', async () => {
    const { models, serving } = await folder();
    await expect(loadShadowModel(models, 'nxt', serving)).rejects.toThrow(
      /^models\.shadow\.model: nxt is not installed in .* \(there are next, high, low\); take it in with particled models add FILE --name nxt --shadow/,
    );
    rmSync(join(models, '.shadow'), { recursive: true });
    await expect(loadShadowModel(models, 'next', serving)).rejects.toThrow('there are high, low');
  });

  it('is refused where it is damaged', async () => {
    const { models, shadow, serving } = await folder();
    writeFileSync(join(shadow, 'model.onnx'), 'damaged');
    await expect(loadShadowModel(models, 'next', serving)).rejects.toThrow(
      /models\.shadow\.model: .*SHA-256 is/,
    );
  });

  it('is refused where it is the serving one for all its magnifications, by name or by content', async () => {
    const { models, serving } = await folder();
    await expect(loadShadowModel(models, 'low', serving)).rejects.toThrow(
      'low is the serving model wherever it serves (0x to 10000x), so there is nothing to compare',
    );
    const low = serving.find(({ manifest }) => manifest.name === 'low')!.manifest;
    const same = await folder((manifest) => {
      manifest.thresholds = low.thresholds;
      manifest.magnification = { from: 0, below: 10_000 };
    });
    await expect(loadShadowModel(same.models, 'next', same.serving)).rejects.toThrow('nothing to compare');
    // From 10,000x on another one serves.
    const wider = await folder((manifest) => {
      manifest.thresholds = low.thresholds;
    });
    expect(await loadShadowModel(wider.models, 'next', wider.serving)).toMatchObject({
      manifest: { name: 'next' },
    });
  });

  it('is refused where no model serves what it would see', async () => {
    const { models, serving } = await folder((manifest) => {
      manifest.magnification = { from: 10_000, below: null };
    });
    const lowAlone = serving.filter(({ manifest }) => manifest.name === 'low');
    await expect(loadShadowModel(models, 'next', lowAlone)).rejects.toThrow(
      'next serves from 10000x, where no model serves, so it would see no tile',
    );
  });

  it('and its share are held against their limits', () => {
    const of = (shadow: object) => () => loadConfig(null, {}, { models: { shadow } });
    expect(of({ model: 'next' })().models.shadow).toEqual({ model: 'next', share: 0.1 });
    expect(of({ share: 0 })).toThrow(/models\.shadow\.share: 0 is refused/);
    expect(of({ share: 1.5 })).toThrow(/models\.shadow\.share: 1\.5 is refused/);
    expect(of({ model: '../up' })).toThrow(
      /models\.shadow\.model: "?\.\.\/up"? is refused: must be lower-case/,
    );
    const byVariable = loadConfig(null, { PARTICLED_MODELS_SHADOW: '{ model: next, share: 0.5 }' });
    expect(byVariable.models.shadow).toEqual({ model: 'next', share: 0.5 });
  });
});
