import { availableParallelism } from 'node:os';
import type { Config } from '../../config/schema.ts';
import { classicalSegments } from '../../evaluation/classical/classical-segments.ts';
import { loadModels, type Model, packagedModelsFolder } from '../../inference/model/model-folder.ts';
import type { Polarity } from '../../inference/network-input.ts';
import type { Segment } from '../../inference/segment.ts';
import { segmentImage } from '../../inference/segment-image.ts';
import { openTrusted } from '../../known-answer/trusted-network.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';

/** Finds the particles of an image: the shipped pipeline with one model, or a baseline. */
export interface Finder {
  segments(image: GreyImage, polarity: Polarity): Promise<readonly Segment[]>;
  close(): Promise<void>;
}

export interface NamedFinder {
  readonly name: string;
  /** Networks take memory: one is opened when its turn comes. */
  open(): Promise<Finder>;
}

/** Name of the baseline without a network. */
const CLASSICAL = 'classical';

const classical: NamedFinder = {
  name: CLASSICAL,
  open: async () => ({
    segments: async (image, polarity) => classicalSegments(image, polarity),
    close: async () => {},
  }),
};

/** The models of these names and the classical baseline; without names all of them. */
export async function namedFinders(config: Config, names: readonly string[]): Promise<NamedFinder[]> {
  // The baseline alone needs no folder of models.
  if (names.length > 0 && names.every((name) => name === CLASSICAL)) return [classical];
  const models = await loadModels(config.models.folder ?? packagedModelsFolder);
  const all = [classical, ...models.map(networkFinder)];
  const unknown = names.filter((name) => !all.some((finder) => finder.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `no model named ${unknown.join(', ')}; there is ${all.map(({ name }) => name).join(', ')}`,
    );
  }
  return all.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** The model of this name. @throws Error naming those there are. */
export async function modelNamed(config: Config, name: string): Promise<Model> {
  const models = await loadModels(config.models.folder ?? packagedModelsFolder);
  const model = models.find(({ manifest }) => manifest.name === name);
  if (model) return model;
  throw new Error(
    `no model named ${name}; there is ${models.map(({ manifest }) => manifest.name).join(', ')}`,
  );
}

export function networkFinder(model: Model): NamedFinder {
  return {
    name: model.manifest.name,
    open: async () => {
      const { network, check } = await openTrusted(model, availableParallelism());
      if (check.deviation) console.error(check.deviation);
      return {
        segments: async (image, polarity) => (await segmentImage(image, model, network, polarity)).segments,
        close: () => network.close(),
      };
    },
  };
}
