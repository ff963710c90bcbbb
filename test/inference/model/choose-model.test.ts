import { describe, expect, it } from 'vitest';
import { chooseModel } from '../../../src/inference/model/choose-model.ts';
import { loadModels, packagedModelsFolder } from '../../../src/inference/model/model-folder.ts';

const [low] = await loadModels(packagedModelsFolder);
if (!low) throw new Error('no packaged model');

function model(name: string, from: number, below: number | null) {
  return { manifest: { ...low!.manifest, name, magnification: { from, below } } };
}

describe('choosing the model', () => {
  const pair = [model('low', 0, 10_000), model('high', 10_000, null)];

  it('takes low below 10,000x and high from 10,000x on', () => {
    expect(chooseModel(pair, 9_999, 'a.tif').manifest.name).toBe('low');
    expect(chooseModel(pair, 10_000, 'a.tif').manifest.name).toBe('high');
  });

  it('prefers the model made for a narrower range', () => {
    expect(chooseModel([model('any', 0, null), ...pair], 500, 'a.tif').manifest.name).toBe('low');
  });

  it('names the magnification and the ranges when none serves', () => {
    expect(() => chooseModel([model('low', 0, 10_000)], 52_000, 'a.tif')).toThrow(
      /a\.tif: magnification 52000x has no model \(low 0x to 10000x\)/,
    );
  });
});
