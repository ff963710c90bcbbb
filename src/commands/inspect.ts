import { statSync } from 'node:fs';
import type { Config } from '../config/schema.ts';
import { chooseModel } from '../inference/model/choose-model.ts';
import { loadModels, packagedModelsFolder } from '../inference/model/model-folder.ts';
import { readTile } from '../watcher/read-tile.ts';

/** What particled reads in one file and which model it would use. */
export async function inspect(config: Config, path: string): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`${path}: is a folder; give one exported image, or look at all with particled analyse`);
  }
  const { displayWidthM: displayWidthDefaultM, pixelSizeNm: statedNm } = config.instrument;
  const { file, metadata } = await readTile(path, { displayWidthDefaultM, pixelSizeNm: statedNm });
  const models = await loadModels(config.models.folder ?? packagedModelsFolder);
  const { pixelSizeNm } = metadata;
  const fieldUm = {
    width: (file.widthPx * pixelSizeNm) / 1000,
    height: ((file.heightPx - metadata.databarHeightPx) * pixelSizeNm) / 1000,
  };
  const model = chooseModel(models, metadata.magnification, path).manifest.name;
  console.log(JSON.stringify({ file, fieldUm, metadata, model }, null, 2));
}
