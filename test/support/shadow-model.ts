import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedModelsFolder } from '../../src/inference/model/model-folder.ts';

/** A folder of models with those of the package and one that serves no tile: `low` with other thresholds, for every tile. */
export function modelsWithShadow(
  folder: string,
  name = 'next',
  thresholds: Readonly<Record<string, number>> = {},
) {
  const models = join(folder, 'models');
  cpSync(packagedModelsFolder, models, { recursive: true });
  const own = join(models, '.shadow', name);
  cpSync(join(packagedModelsFolder, 'low'), own, { recursive: true });
  const file = join(own, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const changed = {
    ...manifest,
    ...{ name, magnification: { from: 0, below: null } },
    // Fewer are certain, and fewer are found.
    thresholds: { ...manifest.thresholds, objectnessCertain: 0.9, objectnessUncertain: 0.95, ...thresholds },
  };
  writeFileSync(file, JSON.stringify(changed));
  return { models, shadow: own };
}
