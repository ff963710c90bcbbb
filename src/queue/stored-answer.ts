import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Redis } from 'ioredis';
import { messageOf } from '../errors.ts';
import { limitText } from '../fault-text.ts';
import type { Logger } from '../logger.ts';
import { bytesInMemory } from '../watcher/image/file-bytes.ts';
import { headerOf } from '../watcher/image/read-image-header.ts';
import type { TileSize } from './answer-fault.ts';
import { type Answer, answerSchema } from './contract.ts';

/** Who asked is dead, or heard another answer: it goes by itself. */
const ANSWER_KEPT_S = 600;
const PARTS = ['answer', 'overlay'] as const;
/** More than that is not read, of the answer and of its overlay. */
export const ANSWER_MAX_BYTES = 64 * 1024 * 1024;

export type TakenAnswer = { readonly answer: Answer; readonly overlay: Buffer | null };

/** Leaves an answer where only the job's end tells of it. */
export async function leaveAnswer(
  redis: Redis,
  key: string,
  answer: Answer,
  overlay: Buffer | null,
): Promise<void> {
  await redis
    .multi()
    .hset(key, 'answer', JSON.stringify(answer), ...(overlay ? ['overlay', overlay] : []))
    .expire(key, ANSWER_KEPT_S)
    .exec();
}

/** Takes the answer away. @returns null where it is gone; why it is none, in words, where it is none */
export async function takeAnswer(
  redis: Redis,
  key: string,
): Promise<TakenAnswer | { readonly fault: string } | null> {
  const lengths = await Promise.all(PARTS.map((part) => redis.hstrlen(key, part)));
  const tooLarge = lengths.findIndex((length) => length > ANSWER_MAX_BYTES);
  if (tooLarge >= 0) {
    await redis.unlink(key);
    return { fault: `its ${PARTS[tooLarge]} has ${lengths[tooLarge]} bytes (at most ${ANSWER_MAX_BYTES})` };
  }
  const [[text, overlay = null]] = await Promise.all([redis.hmgetBuffer(key, ...PARTS), redis.unlink(key)]);
  if (!text) return null;
  const parsed = answerSchema.safeParse(jsonOf(text), { error: limitText });
  if (parsed.success) return { answer: parsed.data, overlay };
  const [issue] = parsed.error.issues;
  return { fault: `its answer is none: ${issue?.path.join('.')}: ${issue?.message}` };
}

/** Writes an overlay that was sent; one that is none, or cannot be written, costs nothing else, as in a local segmenter. */
export async function keepOverlay(
  path: string,
  bytes: Buffer,
  { widthPx, heightPx }: TileSize,
  logger: Logger,
): Promise<void> {
  try {
    const header = await headerOf(bytesInMemory(path, bytes));
    if (header.format !== 'png' || header.widthPx !== widthPx || header.heightPx !== heightPx)
      throw new Error(
        `it is a ${header.format} of ${header.widthPx} x ${header.heightPx} px, not the tile's`,
      );
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.partial`, bytes);
    await rename(`${path}.partial`, path);
  } catch (error) {
    logger.warn(
      { path, reason: messageOf(error) },
      'overlay not written; check the key report.folder and the disk',
    );
  }
}

function jsonOf(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}
