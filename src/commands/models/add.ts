import { mkdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { ModelError, messageOf } from '../../errors.ts';
import { limitText } from '../../fault-text.ts';
import { installModel } from '../../inference/model/install-model.ts';
import {
  gapsBetween,
  type MagnificationRange,
  overlap,
  rangeText,
} from '../../inference/model/magnification-range.ts';
import { type Manifest, manifestSchema } from '../../inference/model/manifest.ts';
import {
  loadModel,
  type Model,
  packagedModelsFolder,
  surveyModels,
} from '../../inference/model/model-folder.ts';
import { shadowModelsFolder } from '../../inference/model/shadow-model.ts';
import { exampleTile } from '../../simulator/tiles/example-tile.ts';
import { counted } from '../../statistics/numeric/figure-digits.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import type { AddOptions } from './add-options.ts';
import { gapText, type ListedModel, listed, modelText } from './list.ts';
import { type Proof, prove } from './trial.ts';

/** A model that is in its place. */
export interface Added extends ListedModel {
  readonly folder: string;
  /** It serves no tile. */
  readonly isShadow: boolean;
  /** It lies among the models that come with particled. */
  readonly belongsToParticled: boolean;
  /** Where each model that it replaces is now. */
  readonly setAside: Readonly<Record<string, string>>;
  /** What no model of the folder serves. */
  readonly unserved: readonly MagnificationRange[];
  readonly regionsOnTrial: number;
  /** Why it is computed exactly and what that costs here, in words; null where its own arithmetic will do. */
  readonly costOfExact: string | null;
  /** Particles of its known answer; null where no virtual tile has one. */
  readonly knownParticles: number | null;
}

/**
 * Takes a network into the folder of models: a `.onnx` file, or a model folder with its manifest. It is opened,
 * tried on a virtual tile and written whole or not at all.
 * @param trialTile draws the tile that it is tried and timed on
 * @throws ModelError saying what is wrong, what was found and what to do; nothing has changed then.
 */
export async function addModel(
  config: Config,
  source: string,
  options: AddOptions,
  trialTile: () => GreyImage = exampleTile,
): Promise<Added> {
  const serving = config.models.folder ?? packagedModelsFolder;
  const isShadow = options.shadow ?? false;
  const folder = isShadow ? shadowModelsFolder(serving) : serving;
  const given = await sourceOf(source);
  const name = options.name ?? given.name;
  const range = {
    from: options.fromMagnification ?? given.manifest?.magnification.from ?? 0,
    below: options.belowMagnification ?? given.manifest?.magnification.below ?? null,
  };
  requireSound(source, name, range);
  if (isShadow) await requireNameFree(serving, folder, name);
  const isTaken = (other: Manifest): boolean => !isShadow && overlap(other.magnification, range);
  const replaces = await inTheWay({ folder, name, range, isTaken }, options.replace);
  const origin = { source: resolve(given.file), name, range, known: given.manifest, options, trialTile };
  let proof: Proof | undefined;
  const { model, setAside } = await installModel({
    folder,
    name,
    file: given.file,
    replaces,
    async describe(file) {
      proof = await prove({ ...origin, file }, config);
      return proof.manifest;
    },
  });
  const { models } = await surveyModels(serving);
  return {
    ...(await listed(model)),
    folder: model.folder,
    isShadow,
    belongsToParticled: config.models.folder === null,
    setAside: Object.fromEntries(setAside),
    unserved: gapsBetween(models.map(({ manifest }) => manifest.magnification)),
    regionsOnTrial: proof?.regions ?? 0,
    costOfExact: proof?.costOfExact ?? null,
    knownParticles: proof?.knownParticles ?? null,
  };
}

/** What was added, for people. */
export function addedText(added: Added): string {
  return [
    added.isShadow
      ? `${added.folder}: added, and serves no tile; with models.shadow.model: ${added.name} the daemon compares it when it starts again`
      : `${added.folder}: added; the daemon takes it up when it starts again`,
    ...Object.entries(added.setAside).map(
      ([name, place]) => `${name} is set aside in ${place}; move it back to undo`,
    ),
    ...(added.regionsOnTrial === 0
      ? ['It found nothing on the virtual tile of its trial, so its values could not be checked.']
      : []),
    ...(added.costOfExact === null ? [] : [`Attention: ${added.costOfExact}.`]),
    added.knownParticles === null
      ? 'No virtual tile gives a known answer of it, so nobody can tell whether another computer finds the same.'
      : `Its known answer, ${counted(added.knownParticles, 'particle')} on a virtual tile, is computed at each start.`,
    ...(added.belongsToParticled
      ? ['That folder belongs to particled and is new with each version: set models.folder to keep models.']
      : []),
    modelText(added),
    ...added.unserved.map(gapText),
  ].join('\n');
}

interface Source {
  readonly name: string;
  readonly file: string;
  readonly manifest: Manifest | null;
}

async function sourceOf(source: string): Promise<Source> {
  const isFolder = await stat(source).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw new ModelError(
        `${source}: cannot be read (${messageOf(error)}); give a .onnx file or a model folder`,
      );
    },
  );
  if (!isFolder) {
    const stem = basename(source).replace(/\.[^.]*$/, '');
    return { name: stem.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), file: source, manifest: null };
  }
  const { file, manifest } = await loadModel(source);
  return { name: manifest.name, file, manifest };
}

function requireSound(source: string, name: string, magnification: MagnificationRange): void {
  const { shape } = manifestSchema;
  for (const [flag, parsed] of [
    ['--name', shape.name.safeParse(name, { error: limitText })],
    [
      '--from-magnification, --below-magnification',
      shape.magnification.safeParse(magnification, { error: limitText }),
    ],
  ] as const) {
    const [issue] = parsed.success ? [] : parsed.error.issues;
    if (issue) throw new ModelError(`${source}: ${flag}: ${issue.message} (it is ${JSON.stringify(name)})`);
  }
  if (magnification.below !== null && magnification.below <= magnification.from) {
    throw new ModelError(
      `${source}: serves no magnification ${rangeText(magnification)}; give a wider range`,
    );
  }
}

/** Two models of one name could not be told apart in what is compared. */
async function requireNameFree(serving: string, folder: string, name: string): Promise<void> {
  const { models } = await surveyModels(serving);
  if (models.every((model) => model.manifest.name !== name)) return;
  throw new ModelError(
    `${join(folder, name)}: ${name} is the name of a model that serves; give another --name`,
  );
}

/** Where a new model is to go, and which models it cannot stand beside. */
interface Place {
  readonly folder: string;
  readonly name: string;
  readonly range: MagnificationRange;
  isTaken(other: Manifest): boolean;
}

/** Folder names of the models whose name or range the new one takes. */
async function inTheWay({ folder, name, range, isTaken }: Place, replace: boolean): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const { models, faults } = await surveyModels(folder);
  const taken = models.filter(
    (model) => placeOf(model) === name || model.manifest.name === name || isTaken(model.manifest),
  );
  if (taken.length > 0 && !replace) {
    const list = taken
      .map(({ manifest }) => `${manifest.name} (${rangeText(manifest.magnification)})`)
      .join(', ');
    throw new ModelError(
      `${join(folder, name)}: ${rangeText(range)} would overlap with ${list}; ` +
        'give another --name, --from-magnification or --below-magnification, or --replace to set those aside',
    );
  }
  const damaged = [...faults].filter(([place]) => !(replace && place === name));
  if (damaged.length > 0) throw new ModelError(damaged.map(([, fault]) => fault).join('\n'));
  return [...taken.map(placeOf), ...faults.keys()];
}

function placeOf({ folder }: Model): string {
  return basename(folder);
}
