import { expect, it } from 'vitest';
import { loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { saturationText } from '../../src/inference/model/saturation.ts';
import { saturationOfFile } from '../../src/known-answer/trusted-network.ts';

it('no 8-bit product of a shipped model can leave 16 bits, on any processor', async () => {
  for (const { file, manifest } of await loadModels(packagedModelsFolder)) {
    const saturation = await saturationOfFile(file);
    expect(saturation.products, `${manifest.name} has products of 8 bits`).toBeGreaterThan(50);
    expect(saturation.saturating.length, `${manifest.name}: ${saturationText(saturation)}`).toBe(0);
    expect(manifest.arithmetic, 'so its own arithmetic will do').toBeUndefined();
  }
});
