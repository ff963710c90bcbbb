import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError, messageOf } from '../errors.ts';
import { contentFaults, limitText } from '../fault-text.ts';
import { type Model, sha256Of } from '../inference/model/model-folder.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import { readPixels } from '../watcher/image/pixels.ts';
import { type KnownAnswer, knownAnswerSchema } from './known-answer.ts';

export const ANSWER_FILE = 'known-answer.json';

/** A tile and what the model must find in it. */
export interface Question {
  readonly answer: KnownAnswer;
  readonly image: GreyImage;
}

/**
 * The known answer beside a model's manifest; null where none came with it.
 * @throws ModelError when it is damaged or another model's
 */
export async function readKnownAnswer({
  folder,
  manifest,
}: Pick<Model, 'folder' | 'manifest'>): Promise<Question | null> {
  const path = join(folder, ANSWER_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new ModelError(`${path}: cannot be read (${messageOf(error)}); install the model again`);
  }
  const answer = parsed(path, text);
  if (answer.modelSha256 !== manifest.sha256) {
    throw new ModelError(
      `${path}: is the answer of another model (${answer.modelSha256.slice(0, 8)}, the manifest says ` +
        `${manifest.sha256.slice(0, 8)}); install the model again, or take the file away to go without`,
    );
  }
  const imageFile = join(folder, answer.image.file);
  const found = await sha256Of(imageFile);
  if (found !== answer.image.sha256) {
    throw new ModelError(
      `${imageFile}: SHA-256 is ${found}, ${path} says ${answer.image.sha256}; install the model again`,
    );
  }
  return { answer, image: await readPixels(imageFile, 0) };
}

function parsed(path: string, text: string): KnownAnswer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ModelError(`${path}: is not JSON (${messageOf(error)}); install the model again`);
  }
  const result = knownAnswerSchema.safeParse(json, { error: limitText });
  if (result.success) return result.data;
  throw new ModelError(`${path}: ${contentFaults(result.error, json)}; install the model again`);
}
