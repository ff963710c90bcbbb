import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import type { Model } from '../inference/model/model-folder.ts';
import { ANSWER_FILE, readKnownAnswer } from '../known-answer/read-answer.ts';
import { bytesHash } from './bytes-hash.ts';

/** The files of a model's folder that decide what it finds, by name. */
export type ModelFiles = ReadonlyMap<string, Buffer>;

/** A model's files have plain names, so that none is written beside its folder. */
export const MODEL_FILE_NAME = /^\w[\w.-]{0,127}$/;

/** Reads the manifest, the network and, where there is one, the known answer with its image. */
export async function readModelFiles({
  folder,
  manifest,
}: Pick<Model, 'folder' | 'manifest'>): Promise<ModelFiles> {
  const known = await readKnownAnswer({ folder, manifest });
  const names = ['manifest.json', manifest.file, ...(known ? [ANSWER_FILE, known.answer.image.file] : [])];
  const files = new Map<string, Buffer>();
  for (const name of names) {
    if (!MODEL_FILE_NAME.test(name))
      throw new Error(
        `${join(folder, name)}: cannot be sent to workers; name it with letters, digits, _, . and -`,
      );
    files.set(
      name,
      await readFile(join(folder, name)).catch((error: unknown) => {
        throw new Error(
          `${join(folder, name)}: cannot be read (${messageOf(error)}); install the model again`,
        );
      }),
    );
  }
  return files;
}

/** One hash of them all: two models with the same network may yet look and calibrate otherwise. */
export async function hashOfFiles(files: ModelFiles): Promise<string> {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = await Promise.all(
    sorted.map(async ([name, bytes]) => `${name}\n${await bytesHash(bytes)}\n`),
  );
  return hash('sha256', lines.join(''));
}
