import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { ModelError, messageOf } from '../../errors.ts';
import { contentFaults, limitText } from '../../fault-text.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

/** A model whose manifest and hash were checked. */
export interface Model {
  readonly folder: string;
  readonly file: string;
  readonly manifest: Manifest;
}

/** The models that come with the package. */
export const packagedModelsFolder = fileURLToPath(new URL('../../../models', import.meta.url));

/**
 * Every model of a folder of models, by name.
 * @throws ModelError naming each model that cannot be used and why: a daemon never starts on a doubtful model.
 */
export async function loadModels(folder: string): Promise<readonly Model[]> {
  const { models, faults } = await surveyModels(folder);
  if (faults.size > 0) throw new ModelError([...faults.values()].join('\n'));
  if (models.length === 0) {
    throw new ModelError(
      `${folder}: holds no model; a model is a folder with manifest.json and model.onnx (particled models add)`,
    );
  }
  return models;
}

/**
 * The models of a folder that can be used, and by folder name what is wrong with the others.
 * @throws ModelError when the folder cannot be listed.
 */
export async function surveyModels(
  folder: string,
): Promise<{ readonly models: readonly Model[]; readonly faults: ReadonlyMap<string, string> }> {
  const names = await modelNames(folder);
  const loaded = await Promise.allSettled(names.map((name) => loadModel(join(folder, name))));
  return {
    models: loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    faults: new Map(
      loaded.flatMap((result, i) =>
        result.status === 'rejected' ? [[names[i]!, messageOf(result.reason)] as const] : [],
      ),
    ),
  };
}

/**
 * One model folder, manifest and file checked.
 * @throws ModelError when the manifest is wrong, the file is missing or its SHA-256 differs.
 */
export async function loadModel(folder: string): Promise<Model> {
  const manifest = await readManifest(join(folder, 'manifest.json'));
  const file = join(folder, manifest.file);
  await requireInside(folder, file);
  const found = await sha256Of(file);
  if (found !== manifest.sha256) {
    throw new ModelError(
      `${file}: SHA-256 is ${found}, the manifest says ${manifest.sha256}; ` +
        'the file is damaged or of another version: install the model again',
    );
  }
  return { folder, file, manifest };
}

/** A model is what its folder holds: a link out of it is not the file whose hash somebody looked at. */
async function requireInside(folder: string, file: string): Promise<void> {
  let target: string;
  try {
    target = await realpath(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (dirname(target) === (await realpath(folder))) return;
  throw new ModelError(`${file}: is a link to ${target}, out of its folder; put the file itself there`);
}

/** Lower-case hexadecimal, as manifests hold it. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    // Piece by piece: every process hashes its models and none needs them as a whole.
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw unreadable(file, error);
  }
  return hash.digest('hex');
}

async function modelNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return (
      entries
        // What is being installed or was set aside stands under names with a dot.
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map((entry) => entry.name)
        .sort()
    );
  } catch (error) {
    throw new ModelError(`${folder}: cannot list models (${messageOf(error)}); check the key models.folder`, {
      cause: error,
    });
  }
}

async function readManifest(path: string): Promise<Manifest> {
  let json: unknown;
  try {
    json = JSON.parse((await readOrExplain(path)).toString('utf8'));
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(`${path}: is not JSON (${messageOf(error)}); install the model again`);
  }
  const parsed = manifestSchema.safeParse(json, { error: limitText });
  if (parsed.success) return parsed.data;
  throw new ModelError(`${path}: ${contentFaults(parsed.error, json)}`);
}

async function readOrExplain(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): ModelError {
  return new ModelError(`${path}: cannot be read (${messageOf(error)}); install the model again`);
}
