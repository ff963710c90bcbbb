import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ModelError } from '../../errors.ts';
import { servingAt } from './choose-model.ts';
import { holds, rangeText } from './magnification-range.ts';
import { type Model, surveyModels } from './model-folder.ts';

/** In the folder of models: those that serve no tile, each for a shadow to be. */
const SHADOW_MODELS = '.shadow';

export function shadowModelsFolder(modelsFolder: string): string {
  return join(modelsFolder, SHADOW_MODELS);
}

/** The models that serve no tile; none where there is no folder of them. */
export async function surveyShadowModels(modelsFolder: string): ReturnType<typeof surveyModels> {
  try {
    return await surveyModels(shadowModelsFolder(modelsFolder));
  } catch (error) {
    if (error instanceof Error && isMissing(error.cause)) return { models: [], faults: new Map() };
    throw error;
  }
}

/**
 * The model that `models.shadow.model` names: one of the folder of shadow models, else one that serves.
 * @param serving the models that serve
 * @throws ModelError where it is not installed, is damaged, or is the serving one wherever it serves
 */
export async function loadShadowModel(
  modelsFolder: string,
  name: string,
  serving: readonly Model[],
): Promise<Model> {
  const { models, faults } = await surveyShadowModels(modelsFolder);
  const fault = faults.get(name);
  if (fault !== undefined) throw new ModelError(`models.shadow.model: ${fault}`);
  const shadow = [...models, ...serving].find(({ manifest }) => manifest.name === name);
  if (!shadow) {
    const known = [...models, ...serving].map(({ manifest }) => manifest.name);
    throw new ModelError(
      `models.shadow.model: ${name} is not installed in ${modelsFolder} (there are ${known.join(', ')}); ` +
        `take it in with particled models add FILE --name ${name} --shadow, or set models.shadow.model: null`,
    );
  }
  requireDifferent(shadow, serving);
  return shadow;
}

/** Whether it would segment a tile of this magnification, and otherwise than the model that serves it. */
function differsAt(shadow: Pick<Model, 'manifest'>, serving: readonly Model[], magnification: number) {
  if (!holds(shadow.manifest.magnification, magnification)) return false;
  const served = servingAt(serving, magnification);
  return served !== undefined && !isSameModel(served, shadow);
}

function requireDifferent(shadow: Model, serving: readonly Model[]): void {
  const { name, magnification } = shadow.manifest;
  // Who serves changes but at ends of ranges.
  const ends = [shadow, ...serving].flatMap(({ manifest: { magnification: range } }) => [
    range.from,
    ...(range.below === null ? [] : [range.below]),
  ]);
  if (ends.some((end) => differsAt(shadow, serving, end))) return;
  const overlapping = ends.some((end) => holds(magnification, end) && servingAt(serving, end) !== undefined);
  throw new ModelError(
    overlapping
      ? `models.shadow.model: ${name} is the serving model wherever it serves (${rangeText(magnification)}), so there is nothing to compare; ` +
          'name another, taken in with particled models add FILE --shadow, or set models.shadow.model: null'
      : `models.shadow.model: ${name} serves ${rangeText(magnification)}, where no model serves, so it would see no tile; ` +
          'give it another range (particled models add FILE --shadow --from-magnification X), or set models.shadow.model: null',
  );
}

/** The same network with the same thresholds, looking as closely and from as far. */
function isSameModel(
  { manifest: a }: Pick<Model, 'manifest'>,
  { manifest: b }: Pick<Model, 'manifest'>,
): boolean {
  return (
    a.sha256 === b.sha256 &&
    isDeepStrictEqual(a.thresholds, b.thresholds) &&
    isDeepStrictEqual(a.closerLook, b.closerLook) &&
    isDeepStrictEqual(a.fartherLook, b.fartherLook)
  );
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
