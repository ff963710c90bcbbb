import { setTimeout as pause } from 'node:timers/promises';
import { messageOf, UnusableFileError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { SegmenterCrashError, SegmenterUnavailableError } from '../segmenter/channel.ts';
import type { SegmentTask, TileResult } from '../segmenter/port.ts';
import { abortable } from './abortable.ts';
import { type AdmittedTile, readAdmittedTile } from './admitted-tile.ts';
import { createBytesInFlight } from './bytes-in-flight.ts';
import type { Answer, TileJob } from './contract.ts';
import { createFlights, type Flight } from './flights.ts';
import { createJobEntries, type Outcome } from './job-entries.ts';
import type { QueueLink } from './link.ts';
import { createRefusals } from './refusals.ts';
import { keepOverlay } from './stored-answer.ts';
import { type Asker, idOf, jobOf } from './tile-job.ts';

/** Segments tiles in workers behind the queue. */
export interface RemoteSegmenter {
  /**
   * @throws as a local segmenter: UnusableFileError, SegmenterCrashError or Error where the tile is to blame;
   * SegmenterUnavailableError where the queue refuses; the signal's reason once that ends it
   */
  segment(task: SegmentTask, signal: AbortSignal): Promise<TileResult>;
  /** For how long tiles have been asked for without any answer; 0 where none waits. */
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

/** A notice that was lost costs so much. */
const LOOK_MS = 5000;
const CLOSE_MOST_MS = 1000;
const PAUSE_FIRST_MS = 250;
const PAUSE_MOST_MS = 5000;

/** What ends the wait for a tile. */
type Settled =
  | Extract<Outcome, { kind: 'failed' }>
  | (Extract<Outcome, { kind: 'answer' }> & { readonly answer: Exclude<Answer, { kind: 'refused' }> });

export function createRemoteSegmenter(options: RemoteOptions): RemoteSegmenter {
  const { link, asker, logger } = options;
  const flights = createFlights(options.archive);
  const entries = createJobEntries(link, flights);
  const refusals = createRefusals(logger);
  const room = createBytesInFlight();
  const closing = new AbortController();
  let unansweredSinceMs: number | null = null;

  link.onEnded((id) => flights.get(id)?.wake());
  // What was told meanwhile went to nobody, and a server may have come back without what it kept.
  link.onReady(() => {
    for (const flight of flights.all()) flight.wake();
  });
  link.onReady(() => void entries.removeOrphans(asker.daemon).catch(told('jobs of before stay')));

  async function outcomeOf(flight: Flight, signal: AbortSignal): Promise<Outcome> {
    for (;;) {
      await link.ready(signal);
      const seen = await abortable(entries.look(flight), signal);
      if (seen !== null) return seen;
      await abortable(flight.woken(LOOK_MS), signal);
    }
  }

  /** Asks again and again, until a worker that understands it has answered. */
  async function settle(flight: Flight, task: SegmentTask, signal: AbortSignal): Promise<Settled> {
    for (let pauseMs = PAUSE_FIRST_MS; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MOST_MS)) {
      await link.ready(signal);
      await abortable(entries.put(flight), signal);
      const outcome = await outcomeOf(flight, signal);
      if (outcome.kind === 'answer' && outcome.answer.kind !== 'refused') {
        refusals.forget(outcome.answer.worker);
        return { ...outcome, answer: outcome.answer };
      }
      if (outcome.kind === 'failed' && outcome.reason.includes('stalled')) return outcome;
      if (outcome.kind !== 'gone') await abortable(entries.remove(flight.id), signal);
      // What was mended once and is asked for again is no more hurried than the rest.
      if ((await mended(flight, outcome, task, signal)) && pauseMs === PAUSE_FIRST_MS) continue;
      await abortable(pause(pauseMs), signal);
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
    if (outcome.kind !== 'answer') {
      refusals.note(outcome.worker, outcome.reason, path);
      return false;
    }
    if (outcome.answer.kind !== 'refused') return true;
    const { refusal, message, worker } = outcome.answer;
    if (refusal === 'model-wanted') await abortable(options.sendModel(model), signal);
    else if (refusal === 'not-shared') flight.job = { ...flight.job, image: { kind: 'bytes' } };
    else if (refusal !== 'image-gone') {
      refusals.note(worker, message, path);
      return false;
    }
    return true;
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
    unansweredSinceMs ??= performance.now();
    const flight = flights.begin(id, job, tile);
    try {
      return await settle(flight, task, signal);
    } finally {
      flights.end(flight);
      // Where the queue is away, what is left expires.
      if (link.isReady()) {
        void entries.remove(id).catch(told('a job stays'));
        void flights.rank().catch(told('a job keeps its rank'));
      }
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
        if (!signal.aborted) throw refusedBy(error);
        if (flights.count() === 0) unansweredSinceMs = null;
        throw error;
      } finally {
        leave();
      }
      unansweredSinceMs = flights.count() > 0 ? performance.now() : null;
      if (settled.kind === 'failed')
        throw new SegmenterCrashError(`${task.path}: the workers that had it died (${settled.reason})`);
      const result = resultOf(settled.answer, task.path);
      if (settled.overlay && task.overlayPath)
        await keepOverlay(task.overlayPath, settled.overlay, tile, logger);
      return result;
    },
    silentForMs: () => (unansweredSinceMs === null ? 0 : performance.now() - unansweredSinceMs),
    refusals: refusals.all,
    async close() {
      const open = [...flights.all()];
      closing.abort(new SegmenterUnavailableError('the queue is closed'));
      if (!link.isReady()) return;
      const removed = Promise.allSettled(open.map(({ id }) => entries.remove(id)));
      await Promise.race([removed, pause(CLOSE_MOST_MS, undefined, { ref: false })]);
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
