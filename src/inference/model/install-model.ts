import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError, messageOf } from '../../errors.ts';
import type { Manifest } from './manifest.ts';
import { loadModel, type Model } from './model-folder.ts';
import { manifestText } from './tuned-manifest.ts';

/** Where models that `replace` sets aside go, in the folder of models. */
const SET_ASIDE = '.replaced';

export interface Installation {
  /** The folder of models. */
  readonly folder: string;
  readonly name: string;
  /** The network to copy. */
  readonly file: string;
  /** Names of folders of models that the new one takes the place of. */
  readonly replaces: readonly string[];
  /** Proves the copy and says what stands beside it. */
  describe(copiedFile: string): Promise<Manifest>;
}

/**
 * Puts a model into a folder of models, whole or not at all: it is built under a name with a dot, which is
 * never loaded, and takes its place by one rename once manifest and file are proved.
 * @returns where each model that it replaces was set aside.
 */
export async function installModel({
  folder,
  name,
  file,
  replaces,
  describe,
}: Installation): Promise<{ readonly model: Model; readonly setAside: ReadonlyMap<string, string> }> {
  const partial = join(folder, `.${name}.partial`);
  try {
    await writing(folder, async () => {
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial);
      await copyFile(file, join(partial, 'model.onnx'));
    });
    const manifest = await describe(join(partial, 'model.onnx'));
    return await writing(folder, async () => {
      await writeFile(join(partial, 'manifest.json'), manifestText(manifest));
      await loadModel(partial);
      const setAside = await setAsideAll(folder, replaces);
      await rename(partial, join(folder, name));
      return { model: await loadModel(join(folder, name)), setAside };
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function setAsideAll(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const places = new Map(names.map((name) => [name, join(folder, SET_ASIDE, `${name}-${at}`)]));
  if (places.size > 0) await mkdir(join(folder, SET_ASIDE), { recursive: true });
  for (const [name, place] of places) await rename(join(folder, name), place);
  return places;
}

async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(
      `${folder}: cannot be written (${messageOf(error)}); set the key models.folder to a folder of your own`,
    );
  }
}
