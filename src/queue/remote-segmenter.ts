import type { Job } from 'bullmq';
import { messageOf, UnusableFileError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { SegmenterCrashError, SegmenterUnavailableError } from '../segmenter/channel.ts';
import type { SegmentTask, TileResult } from '../segmenter/port.ts';
import { abortable } from './abortable.ts';
import { type AdmittedTile, readAdmittedTile } from './admitted-tile.ts';
import { answerFault } from './answer-fault.ts';
import { createBytesInFlight } from './bytes-in-flight.ts';
import { type Answer, returnSchema, type TileJob } from './contract.ts';
import { createFlights, type Flight } from './flights.ts';
import type { QueueLink } from './link.ts';
import { keptOverlay, takeAnswer } from './stored-answer.ts';
import { type Asker, idOf, idsOf, jobOf } from './tile-job.ts';

/** Segments tiles in workers behind the queue. */
export interface RemoteSegmenter {
  /**
   * @throws as a local segmenter: UnusableFileError, SegmenterCrashError or Error where the tile is to blame;
   * SegmenterUnavailableError where the queue refuses; the signal's reason once that ends it
   */
  segment(task: SegmentTask, signal: AbortSignal): Promise<TileResult>;
  /** For how long tiles have waited without any answer; 0 where none waits. */
  silentForMs(): number;
  /** What workers do not take, by worker, in words. */
  refusals(): ReadonlyMap<string, string>;
  close(): Promise<void>;
}

export interface RemoteOptions {
  readonly link: QueueLink;
  readonly asker: Asker;
  /** Puts a model where workers fetch it. */
  sendModel(name: string): Promise<void>;
  /** Behind all tiles of running microscopes. */
  readonly archive: boolean;
  readonly logger: Logger;
}

/** A lost event costs so much. */
const LOOK_MS = 2000;
/** Bytes of a daemon that died are gone after this; while it lives it sees to it that they stay. */
const IMAGE_KEPT_MS = 120_000;
/** Jobs that nobody asks for any more are forgotten after this. */
const KEPT_S = 3600;
const PAUSE_FIRST_MS = 250;
const PAUSE_MOST_MS = 5000;
/** A refusal is told for so long after it was heard last. */
const REFUSAL_TOLD_MS = 600_000;

type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly overlay: Buffer | null }
  | { readonly kind: 'gone' }
  | { readonly kind: 'rubbish'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

type Settled =
  | Extract<Outcome, { kind: 'failed' }>
  | (Extract<Outcome, { kind: 'answer' }> & { readonly answer: Exclude<Answer, { kind: 'refused' }> });

export function createRemoteSegmenter(options: RemoteOptions): RemoteSegmenter {
  const { link, asker, logger } = options;
  const { redis, queue, keys } = link;
  const flights = createFlights(options.archive);
  const room = createBytesInFlight();
  const refused = new Map<string, { readonly message: string; readonly atMs: number }>();
  const closing = new AbortController();
  let lastAnswerMs = performance.now();

  link.onJob((id, event) => {
    const flight = flights.get(id);
    if (!flight) return;
    flight.isActive = event === 'active';
    if (event !== 'active') flight.wake();
  });
  link.onReady(() => void removeOrphans().catch(told('jobs of before could not be removed')));

  /** Jobs of this daemon's former life wait for nobody. */
  async function removeOrphans(): Promise<void> {
    for (const job of await queue.getJobs(['prioritized', 'waiting'])) {
      if (!job?.id?.startsWith(idsOf(asker.daemon)) || flights.get(job.id)) continue;
      await queue.remove(job.id);
      await redis.unlink(keys.image(job.id));
    }
  }

  async function put(flight: Flight): Promise<void> {
    const { id, job, tile } = flight;
    if (job.image.kind === 'bytes') await redis.set(keys.image(id), tile.bytes, 'PX', IMAGE_KEPT_MS);
    const priority = flights.priorityOf(flight);
    flight.entry = await queue.add('tile', job, {
      ...{ jobId: id, priority, attempts: 1 },
      ...{ removeOnComplete: { age: KEPT_S }, removeOnFail: { age: KEPT_S } },
    });
  }

  async function look({ id, job, tile }: Flight): Promise<Outcome | null> {
    const entry: Job | undefined = await queue.getJob(id);
    if (!entry) return { kind: 'gone' };
    const state = await entry.getState();
    if (state === 'failed') return { kind: 'failed', reason: entry.failedReason };
    if (state !== 'completed') {
      const isSent = job.image.kind === 'bytes';
      if (isSent && (await redis.pexpire(keys.image(id), IMAGE_KEPT_MS)) === 0)
        await redis.set(keys.image(id), tile.bytes, 'PX', IMAGE_KEPT_MS);
      return null;
    }
    const returned = returnSchema.safeParse(entry.returnvalue);
    if (!returned.success) return { kind: 'rubbish', reason: 'says nothing of where its answer lies' };
    const taken = await takeAnswer(redis, keys.answer(id, returned.data.nonce));
    if (taken === null) return { kind: 'gone' };
    if ('fault' in taken) return { kind: 'rubbish', reason: taken.fault };
    const fault = answerFault(taken.answer, job, tile);
    return fault === null
      ? { kind: 'answer', ...taken }
      : { kind: 'rubbish', reason: `the answer of ${taken.answer.worker} ${fault}` };
  }

  async function outcomeOf(flight: Flight, signal: AbortSignal): Promise<Outcome> {
    for (;;) {
      await link.ready(signal);
      const seen = await abortable(look(flight), signal);
      if (seen !== null) return seen;
      await abortable(flight.woken(LOOK_MS), signal);
    }
  }

  /** Asks again and again, until a worker that understands it has answered. */
  async function settle(flight: Flight, { path, model }: SegmentTask, signal: AbortSignal): Promise<Settled> {
    for (let pauseMs = PAUSE_FIRST_MS; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MOST_MS)) {
      await link.ready(signal);
      await abortable(put(flight), signal);
      const outcome = await outcomeOf(flight, signal);
      if (outcome.kind === 'answer' && outcome.answer.kind !== 'refused') {
        refused.delete(outcome.answer.worker);
        return { ...outcome, answer: outcome.answer };
      }
      if (outcome.kind === 'failed' && /stalled/.test(outcome.reason)) return outcome;
      await abortable(queue.remove(flight.id), signal);
      if (await mended(flight, outcome, { path, model }, signal)) continue;
      await abortable(flight.woken(pauseMs), signal);
    }
  }

  /** Mends what can be mended before the job is put again. @returns false where another worker is to be waited for */
  async function mended(
    flight: Flight,
    outcome: Outcome,
    { path, model }: Pick<SegmentTask, 'path' | 'model'>,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (outcome.kind === 'gone') return true;
    if (outcome.kind !== 'answer' || outcome.answer.kind !== 'refused') {
      note('unknown', 'reason' in outcome ? outcome.reason : outcome.answer.kind, path);
      return false;
    }
    const { refusal, message, worker } = outcome.answer;
    if (refusal === 'model-wanted') await abortable(options.sendModel(model), signal);
    else if (refusal === 'not-shared') flight.job = { ...flight.job, image: { kind: 'bytes' } };
    else if (refusal !== 'image-gone') {
      note(worker, message, path);
      return false;
    }
    return true;
  }

  function note(worker: string, message: string, path: string): void {
    if (refused.get(worker)?.message !== message)
      logger.warn({ worker, reason: message, path }, 'a worker does not take a tile; another is asked');
    refused.set(worker, { message, atMs: performance.now() });
  }

  /** Of a job that ended or is waited for no longer. What a worker has in hand meanwhile comes to nothing. */
  async function forget({ id }: Flight): Promise<void> {
    if (!link.isReady()) return; // it expires
    await queue.remove(id);
    await redis.unlink(keys.image(id));
  }

  function told(what: string): (error: unknown) => void {
    return (error) => logger.debug({ err: messageOf(error) }, what);
  }

  /** One flight of a tile, from its job to what is known of it. */
  async function fly(
    task: SegmentTask,
    job: TileJob,
    tile: AdmittedTile,
    signal: AbortSignal,
  ): Promise<Settled> {
    const id = idOf(job);
    await abortable(flights.ended(id), signal);
    if (flights.count() === 0) lastAnswerMs = performance.now();
    const flight = flights.begin(id, job, tile);
    try {
      return await settle(flight, task, signal);
    } finally {
      flights.end(flight);
      void forget(flight).catch(told('a job could not be removed'));
      void flights.rank().catch(told('a job keeps its rank'));
    }
  }

  return {
    async segment(task, given) {
      const signal = AbortSignal.any([given, closing.signal]);
      const job = jobOf(task, asker);
      const tile = await readAdmittedTile(task);
      const leave = await room.enter(tile.bytes.length, signal);
      let settled: Settled;
      try {
        settled = await fly(task, job, tile, signal);
      } catch (error) {
        throw signal.aborted ? error : refusedBy(error);
      } finally {
        leave();
      }
      lastAnswerMs = performance.now();
      if (settled.kind === 'failed')
        throw new SegmenterCrashError(`${task.path}: the workers that had it died (${settled.reason})`);
      const result = resultOf(settled.answer, task.path);
      if (settled.overlay && task.overlayPath)
        await keptOverlay(task.overlayPath, settled.overlay, tile, logger);
      return result;
    },
    silentForMs: () => (flights.count() === 0 ? 0 : performance.now() - lastAnswerMs),
    refusals() {
      for (const [worker, { atMs }] of refused)
        if (performance.now() - atMs > REFUSAL_TOLD_MS) refused.delete(worker);
      return new Map([...refused].map(([worker, { message }]) => [worker, message]));
    },
    async close() {
      const open = [...flights.all()];
      closing.abort(new SegmenterUnavailableError('the queue is closed'));
      await Promise.allSettled(open.map(forget));
    },
  };
}

/** @throws what a local segmenter would throw */
function resultOf(answer: Exclude<Answer, { kind: 'refused' }>, path: string): TileResult {
  if (answer.kind === 'result') return answer.result;
  if (answer.kind === 'unusable')
    throw new UnusableFileError(path, answer.code, answer.reason, answer.mayRecover);
  if (answer.kind === 'crash')
    throw new SegmenterCrashError(`${path}: ${answer.message} (worker ${answer.worker})`, answer.isRead);
  throw new Error(`${path}: ${answer.message} (worker ${answer.worker})`);
}

function refusedBy(error: unknown): SegmenterUnavailableError {
  return new SegmenterUnavailableError(`the queue refuses (${messageOf(error)}); see its log and limits`);
}
