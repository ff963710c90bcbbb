import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { ModelError } from '../../errors.ts';
import { packagedModelsFolder } from '../../inference/model/model-folder.ts';
import { shadowModelsFolder, surveyShadowModels } from '../../inference/model/shadow-model.ts';
import { exampleTile } from '../../simulator/tiles/example-tile.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import { type Added, addModel } from './add.ts';

/**
 * Puts a model that serves no tile into service: it is proved again, takes the place of those whose range it serves, which are
 * set aside, and lies among the shadow models no more.
 * @param trialTile as of `addModel`
 * @throws ModelError where there is none of that name, or it cannot be used; nothing has changed then.
 */
export async function serveModel(
  config: Config,
  name: string,
  trialTile: () => GreyImage = exampleTile,
): Promise<Added> {
  const folder = config.models.folder ?? packagedModelsFolder;
  if (config.models.shadow.model === name) {
    throw new ModelError(
      `models.shadow.model: is ${name}, which would be compared with itself; set it to null, and serve ${name} then`,
    );
  }
  const { models, faults } = await surveyShadowModels(folder);
  const fault = faults.get(name);
  if (fault !== undefined) throw new ModelError(fault);
  if (models.every(({ manifest }) => manifest.name !== name)) {
    const known = models.map(({ manifest }) => manifest.name).join(', ') || 'none';
    throw new ModelError(
      `${join(shadowModelsFolder(folder), name)}: there is no such model (there are: ${known}); take it in with particled models add FILE --name ${name} --shadow`,
    );
  }
  const place = join(shadowModelsFolder(folder), name);
  const added = await addModel(config, place, { ...asItIs, replace: true }, trialTile);
  await rm(place, { recursive: true, force: true });
  return added;
}

/** All that the manifest says stays. */
const asItIs = {
  name: null,
  description: null,
  kind: null,
  fromMagnification: null,
  belowMagnification: null,
  longestSidePx: null,
  sideMultiplePx: null,
  outputs: {},
} as const;
