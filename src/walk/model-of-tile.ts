import { isDeepStrictEqual } from 'node:util';
import { UnusableFileError } from '../errors.ts';
import { chooseModel } from '../inference/model/choose-model.ts';
import { type Arithmetic, type Thresholds, thresholdsSchema } from '../inference/model/manifest.ts';
import type { Model } from '../inference/model/model-folder.ts';
import type { Analysis } from '../store/runs.ts';
import type { ModelUse, StoredTile } from '../store/stored-tile.ts';

/** What a tile is segmented with. */
export interface ModelOfTile {
  readonly name: string;
  readonly sha256: string;
  readonly thresholds: Thresholds;
}

/**
 * As its run was asked to be analysed, else by the tile's magnification.
 * @throws UnusableFileError `no-model` where there is none
 */
export function modelOfTile(
  models: readonly Model[],
  analysis: Pick<Analysis, 'model' | 'thresholds'> | null,
  { file, metadata }: Pick<StoredTile, 'file' | 'metadata'>,
): ModelOfTile {
  const { manifest } =
    typeof analysis?.model === 'string'
      ? modelNamed(models, analysis.model, file.path)
      : chooseModel(models, metadata.magnification, file.path);
  const { name, sha256 } = manifest;
  const thresholds = thresholdsSchema.parse({ ...manifest.thresholds, ...analysis?.thresholds });
  return { name, sha256, thresholds };
}

/** Whether a tile was segmented so; in this arithmetic, where one is given. */
export function isSegmentedWith(
  used: ModelUse | null,
  wanted: ModelOfTile,
  arithmetic: Arithmetic | undefined,
): boolean {
  if (used === null) return false;
  const { name, sha256, thresholds, arithmetic: before = 'as-shipped' } = used;
  return (
    isDeepStrictEqual({ name, sha256, thresholds }, wanted) &&
    (arithmetic === undefined || arithmetic === before)
  );
}

function modelNamed(models: readonly Model[], name: string, path: string): Model {
  const model = models.find(({ manifest }) => manifest.name === name);
  if (model) return model;
  throw new UnusableFileError(
    path,
    'no-model',
    `its run was asked to be analysed with the model ${name}, which is not installed; ` +
      'install it again, or send reanalyse with another',
  );
}
