import { stat } from 'node:fs/promises';
import type { Config } from '../../config/schema.ts';
import { ModelError } from '../../errors.ts';
import { gapsBetween, rangeText } from '../../inference/model/magnification-range.ts';
import { type Model, packagedModelsFolder, surveyModels } from '../../inference/model/model-folder.ts';
import { shadowModelsFolder, surveyShadowModels } from '../../inference/model/shadow-model.ts';
import { writeSpeed } from '../../inference/model/tuned-manifest.ts';
import { exampleTile } from '../../simulator/tiles/example-tile.ts';
import { counted } from '../../statistics/numeric/figure-digits.ts';
import { speedOf } from './speed.ts';

export interface ModelsOptions {
  readonly json: boolean;
  /** Measures each model's speed on this machine. */
  readonly measure: boolean;
  /** Puts what was measured into the manifests. */
  readonly write: boolean;
}

/** A model as it is listed. */
export type ListedModel = Awaited<ReturnType<typeof listed>>;

/**
 * Prints the models that this configuration uses: range, accuracy, speed, size.
 * @throws ModelError, after the list, naming those that cannot be used.
 */
export async function models(config: Config, { json, measure, write }: ModelsOptions): Promise<void> {
  const folder = config.models.folder ?? packagedModelsFolder;
  const { models: found, faults } = await surveyModels(folder);
  const shadows = await surveyShadowModels(folder);
  const tile = measure ? exampleTile() : null;
  const listAll = async (all: readonly Model[]): Promise<ListedModel[]> => {
    const list: ListedModel[] = [];
    for (const model of all) {
      const speed = tile ? await speedOf(model, tile, config) : model.manifest.speed;
      if (speed && write) await writeSpeed(model.folder, speed);
      list.push(await listed(model, speed));
    }
    return list;
  };
  const list = await listAll(found);
  const shadowList = await listAll(shadows.models);
  const unserved = gapsBetween(list.map(({ magnification }) => magnification));
  const served = [`${folder}:`, ...list.map(modelText), ...unserved.map(gapText)];
  if (json) console.log(JSON.stringify({ folder, models: list, unserved, shadows: shadowList }, null, 2));
  else console.log([...served, ...shadowsText(folder, shadowList)].join('\n'));
  const allFaults = [...faults.values(), ...shadows.faults.values()];
  if (allFaults.length > 0) throw new ModelError(allFaults.join('\n'));
}

function shadowsText(folder: string, list: readonly ListedModel[]): string[] {
  if (list.length === 0) return [];
  const head = `\n${shadowModelsFolder(folder)}, which serve no tile (models.shadow compares one):`;
  return [head, ...list.map(modelText)];
}

export async function listed({ file, manifest }: Model, speed = manifest.speed) {
  const { name, description, magnification, input, outputs, sha256, thresholds, accuracy } = manifest;
  return {
    name,
    description,
    magnification,
    kind: outputs.kind,
    inputLongestSidePx: input.longestSidePx,
    accuracy,
    speed: speed ?? null,
    sizeMb: Number(((await stat(file)).size / 1e6).toPrecision(3)),
    thresholds,
    sha256,
  };
}

/** Some lines for people: what it serves and costs, then each figure of its accuracy. */
export function modelText(model: ListedModel): string {
  const { name, description, magnification, kind, inputLongestSidePx, sizeMb, speed, accuracy } = model;
  const time = speed
    ? `${speed.tileMs} ms a tile (${counted(speed.threads, 'thread')}, ${speed.machine})`
    : 'speed not measured (particled models --measure)';
  return [
    '',
    `${name}  ${rangeText(magnification)}, ${time}, ${sizeMb} MB, ${kind}, ${inputLongestSidePx} px`,
    `  ${description}`,
    ...accuracy.map(({ data, metric, value }) => `  ${String(value).padEnd(6)} ${metric}: ${data}`),
    ...(accuracy.length === 0 ? ['  accuracy not measured (particled evaluate)'] : []),
  ].join('\n');
}

export function gapText(gap: ListedModel['magnification']): string {
  return `\n${rangeText(gap)} has no model: such tiles are set aside`;
}
