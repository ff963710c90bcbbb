import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { messageOf } from '../errors.ts';
import { loadModel, surveyModels } from '../inference/model/model-folder.ts';
import type { TileJob } from './contract.ts';
import { hashOfFiles, MODEL_FILE_NAME, type ModelFiles, readModelFiles } from './model-files.ts';
import { makeInCache, removeLeft } from './tiles-folder.ts';

/** Redis holds no larger value. */
const FILE_MAX_BYTES = 512 * 1024 * 1024;
/** A model that a daemon sent waits so long for all the workers that want it. */
const MODEL_KEPT_S = 600;
const PARTIAL = '.partial-';

/** The models that a worker has, by the hash of their files. */
export interface ModelCache {
  /**
   * The folder of a model: one that came with particled, one that was sent before, or one that is sent now.
   * @returns null where nobody has sent it
   * @throws Error where what was sent is not that model
   */
  folderOf(model: TileJob['model']): Promise<string | null>;
}

/** Leaves a model where workers fetch it, whole or not at all. */
export async function leaveModel(redis: Redis, key: string, files: ModelFiles): Promise<void> {
  const partial = `${key}:${randomUUID()}`;
  // One after another: a connection that is silent for long is taken for dead.
  for (const [name, bytes] of files) {
    await redis.hset(partial, name, bytes);
    await redis.expire(partial, MODEL_KEPT_S);
  }
  await redis.rename(partial, key);
}

/**
 * @param folder where models are kept that were sent
 * @param packagedFolder those that came with particled
 */
export async function openModelCache(options: {
  readonly redis: Redis;
  readonly folder: string;
  readonly packagedFolder: string;
  keyOf(filesSha256: string): string;
}): Promise<ModelCache> {
  const { redis, folder, packagedFolder, keyOf } = options;
  await makeInCache(folder);
  await removeLeft(folder, (name) => name.startsWith(PARTIAL));
  const folders = new Map<string, string>();
  const { models } = await surveyModels(packagedFolder);
  for (const model of models) folders.set(await hashOfFiles(await readModelFiles(model)), model.folder);
  const fetching = new Map<string, Promise<string | null>>();

  /** What lies in the cache counts only while it is what its name says. */
  async function kept(filesSha256: string): Promise<string | null> {
    const own = join(folder, filesSha256);
    try {
      if ((await hashOfFiles(await readModelFiles(await loadModel(own)))) === filesSha256) return own;
    } catch {
      // Not there, or damaged: it is fetched.
    }
    await rm(own, { recursive: true, force: true });
    return null;
  }

  async function fetched({ filesSha256, name, sha256 }: TileJob['model']): Promise<string | null> {
    const files = await sentFiles(redis, keyOf(filesSha256));
    if (files === null) return null;
    const partial = join(folder, `${PARTIAL}${randomUUID()}`);
    try {
      if ((await hashOfFiles(files)) !== filesSha256) throw new Error('its files have another SHA-256');
      await mkdir(partial);
      for (const [file, bytes] of files) await writeFile(join(partial, file), bytes);
      const { manifest } = await loadModel(partial);
      if (manifest.name !== name || manifest.sha256 !== sha256)
        throw new Error(`it is the model ${manifest.name} (${manifest.sha256.slice(0, 8)})`);
      await rename(partial, join(folder, filesSha256));
      return join(folder, filesSha256);
    } catch (error) {
      throw new Error(`the model ${name} that was sent cannot be used: ${messageOf(error)}`);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }

  return {
    async folderOf(model) {
      const { filesSha256 } = model;
      const known = folders.get(filesSha256);
      if (known !== undefined) return known;
      let under = fetching.get(filesSha256);
      if (!under) {
        under = kept(filesSha256)
          .then((found) => found ?? fetched(model))
          .finally(() => fetching.delete(filesSha256));
        fetching.set(filesSha256, under);
      }
      const found = await under;
      if (found !== null) folders.set(filesSha256, found);
      return found;
    },
  };
}

async function sentFiles(redis: Redis, key: string): Promise<ModelFiles | null> {
  const names = await redis.hkeys(key);
  if (names.length === 0) return null;
  const files = new Map<string, Buffer>();
  for (const name of names) {
    if (!MODEL_FILE_NAME.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a model's file`);
    const length = await redis.hstrlen(key, name);
    if (length > FILE_MAX_BYTES) throw new Error(`${name} has ${length} bytes (at most ${FILE_MAX_BYTES})`);
    const bytes = await redis.hgetBuffer(key, name);
    if (bytes === null) return null;
    files.set(name, bytes);
  }
  return files;
}
