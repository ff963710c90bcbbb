import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { messageOf, UnusableFileError } from '../errors.ts';
import { limitText } from '../fault-text.ts';
import { SegmenterCrashError, SegmenterUnavailableError } from '../segmenter/channel.ts';
import type { Segmenter, SegmentTask, TileResult } from '../segmenter/port.ts';
import { softwareVersion } from '../version.ts';
import { readWhole } from '../watcher/image/pixels.ts';
import { bytesHash } from './bytes-hash.ts';
import {
  type Answer,
  answerSchema,
  jobHeadSchema,
  PROTOCOL,
  type Refusal,
  TEXT_MOST,
  type TileJob,
  tileJobSchema,
} from './contract.ts';
import type { ModelCache } from './model-cache.ts';
import { ANSWER_MAX_BYTES } from './stored-answer.ts';

/** What a worker answers jobs with. */
export interface AnsweringParts {
  readonly name: string;
  readonly redis: Redis;
  readonly models: ModelCache;
  readonly segmenter: Pick<Segmenter, 'segment'>;
  /** Where tiles lie while they are segmented. */
  readonly tilesFolder: string;
  readonly sharedFolder: string | null;
  imageKey(job: string): string;
}

export interface GivenAnswer {
  readonly answer: Answer;
  readonly overlay: Buffer | null;
}

/** What every answer begins with. */
type Head = Pick<Answer, 'protocol' | 'contentHash' | 'worker' | 'softwareVersion'>;

/** Why a job is not taken; the daemon decides what then. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

const NO_CONTENT = '0'.repeat(64);

/** What a worker says to a job: whatever goes wrong is an answer too. */
export async function answerTo(id: string, data: unknown, parts: AnsweringParts): Promise<GivenAnswer> {
  const { contentHash = NO_CONTENT } = tileJobSchema.safeParse(data).data ?? {};
  const head: Head = { protocol: PROTOCOL, contentHash, worker: parts.name, softwareVersion };
  try {
    const { result, overlay } = await segmented(id, understood(data), parts);
    const answer = { kind: 'result' as const, ...head, result, hasOverlay: overlay !== null };
    return { answer: sound(answer), overlay };
  } catch (error) {
    return { answer: wrong(error, head), overlay: null };
  }
}

/** The daemon would take it for rubbish, and ask for the tile again and again. */
function sound(answer: unknown): Answer {
  const checked = answerSchema.safeParse(answer, { error: limitText });
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new Error(`what was found is no result: ${issue?.path.join('.')}: ${issue?.message}`);
}

function wrong(error: unknown, head: Head): Answer {
  const message = messageOf(error).slice(0, TEXT_MOST);
  if (error instanceof RefusedError) return { kind: 'refused', ...head, refusal: error.refusal, message };
  if (error instanceof SegmenterUnavailableError)
    return { kind: 'refused', ...head, refusal: 'unavailable', message };
  if (error instanceof SegmenterCrashError)
    return { kind: 'crash', ...head, message: withoutPath(message), isRead: error.isRead };
  if (error instanceof UnusableFileError) {
    const { code, mayRecover } = error;
    const answer = { kind: 'unusable', ...head, code, reason: withoutPath(message), mayRecover };
    return answerSchema.parse(answer);
  }
  return { kind: 'error', ...head, message: withoutPath(message) };
}

/** The daemon knows the tile by another path. */
function withoutPath(message: string): string {
  return message.replace(/^\S*\.tile: /, '');
}

/** @throws RefusedError where it is of another version */
function understood(data: unknown): TileJob {
  const head = jobHeadSchema.safeParse(data);
  if (!head.success)
    throw new RefusedError('version', 'it cannot read the job; install the same particled on both');
  const { protocol, softwareVersion: asked } = head.data;
  if (protocol !== PROTOCOL || asked !== softwareVersion) {
    throw new RefusedError(
      'version',
      `it is particled ${softwareVersion} (protocol ${PROTOCOL}), the tile is asked for by ${asked} (protocol ${protocol}), ` +
        'and two versions may measure differently; install the same on both',
    );
  }
  const job = tileJobSchema.safeParse(data, { error: limitText });
  if (job.success) return job.data;
  const [issue] = job.error.issues;
  throw new RefusedError('version', `it cannot read the job (${issue?.path.join('.')}: ${issue?.message})`);
}

async function segmented(
  id: string,
  job: TileJob,
  parts: AnsweringParts,
): Promise<{ result: TileResult; overlay: Buffer | null }> {
  const modelFolder = await folderOf(job, parts.models);
  const bytes = await beforehand(imageOf(id, job, parts));
  // A name of its own: nothing that a job says becomes a path.
  const path = join(parts.tilesFolder, `${randomUUID()}.tile`);
  const overlayPath = job.overlay === null ? null : `${path}.png`;
  try {
    await beforehand(writeFile(path, bytes));
    const { model, thresholds, polarity, contentHash } = job;
    const task: SegmentTask = {
      ...{ path, within: parts.tilesFolder, contentHash, ...job.calibration },
      ...{ model: model.name, modelFolder, thresholds, polarity, overlayPath },
      ...(job.overlay !== null && { overlayKind: job.overlay }),
    };
    const result = await parts.segmenter.segment(task);
    return { result, overlay: overlayPath === null ? null : await overlayAt(overlayPath) };
  } finally {
    await rm(path, { force: true });
    if (overlayPath !== null) await rm(overlayPath, { force: true });
  }
}

/** Without one the tile counts all the same; one that the daemon would not read is none. */
async function overlayAt(path: string): Promise<Buffer | null> {
  const bytes = await readFile(path).catch(() => null);
  return bytes !== null && bytes.length <= ANSWER_MAX_BYTES ? bytes : null;
}

/** What goes wrong before a segmenter has the tile is the fault of the worker. */
async function beforehand<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new RefusedError(
      'unavailable',
      `it cannot take tiles (${messageOf(error)}); check its disk (worker.cacheFolder) and its rights at the queue`,
    );
  }
}

async function folderOf({ model }: TileJob, models: ModelCache): Promise<string> {
  const { name, filesSha256 } = model;
  let folder: string | null;
  try {
    folder = await models.folderOf(model);
  } catch (error) {
    throw new RefusedError('model-unfit', messageOf(error));
  }
  if (folder !== null) return folder;
  throw new RefusedError('model-wanted', `it lacks the model ${name} (${filesSha256.slice(0, 8)})`);
}

/** Sent bytes are held against their hash by the segmenter; those of a folder here, as another way is left for them. */
async function imageOf(id: string, job: TileJob, parts: AnsweringParts): Promise<Buffer> {
  if (job.image.kind === 'bytes') {
    const sent = await parts.redis.getBuffer(parts.imageKey(id));
    if (sent !== null) return sent;
    throw new RefusedError('image-gone', 'it does not find the bytes of the tile');
  }
  const shared = await sharedImage(job.image.path, parts.sharedFolder);
  if (shared !== null && (await bytesHash(shared)) === job.contentHash) return shared;
  throw new RefusedError('not-shared', 'it does not find the tile in its shared folder');
}

/** Only below the folder, and through no link: the job's schema lets no part of the path lead up. */
async function sharedImage(path: string, folder: string | null): Promise<Buffer | null> {
  if (folder === null) return null;
  return readWhole(join(folder, path), folder).catch(() => null);
}
