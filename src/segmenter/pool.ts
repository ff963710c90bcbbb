import { availableParallelism } from 'node:os';
import { messageOf } from '../errors.ts';
import type { Arithmetic } from '../inference/model/manifest.ts';
import type { ModelCheck } from '../known-answer/model-check.ts';
import { SegmenterCrashError } from './channel.ts';
import type { Segmenter, SegmentTask, TileResult } from './port.ts';
import { SegmenterSlot, type SlotOptions } from './slot.ts';

export interface PoolOptions extends SlotOptions {
  readonly processes: number;
}

/** Segmenter processes behind the one port, and what is known of how right they compute. */
export interface SegmenterPool extends Segmenter {
  /** Has each process compute its models' known answers again, as soon as it has no tile in hand. */
  check(): Promise<void>;
  /** How each model's known answer came out last; of several processes the one that is farthest off. */
  checks(): ModelCheck[];
  /** True while known answers are being computed again. */
  isChecking(): boolean;
  /** Models that are computed otherwise than they should be, in words; results are right all the same. */
  deviations(): string[];
  /** How a model is computed now: exactly where any process does so, since tiles go to all of them. */
  arithmeticOf(model: string): Arithmetic;
  /** How many processes took the place of another since the start. */
  restarts(): number;
  /** Why processes that were right cannot be had any more, in words; no result comes of them. */
  distrust(): string[];
}

/**
 * How to share the cores: one process a core with one thread each, up to four processes, since whole
 * tiles side by side waste less than one network spread over threads; the rest of the cores as threads.
 */
export function poolShape(cores = availableParallelism()): { processes: number; threadsPerProcess: number } {
  const processes = Math.min(4, Math.max(1, cores));
  return { processes, threadsPerProcess: Math.max(1, Math.floor(cores / processes)) };
}

interface Job {
  readonly task: SegmentTask;
  readonly resolve: (result: TileResult) => void;
  readonly reject: (error: Error) => void;
}

/** Segmenter children; one that dies is replaced, its tile rejected. */
export async function startSegmenterPool(options: PoolOptions): Promise<SegmenterPool> {
  const slots = Array.from({ length: options.processes }, () => new SegmenterSlot(options));
  const waiting: Job[] = [];
  const checksDue = new Map<SegmenterSlot, (() => void)[]>();
  let checks = 0;
  let closed = false;

  const dispatch = (): void => {
    for (const slot of slots.filter(({ idle }) => idle)) {
      const due = checksDue.get(slot);
      if (due) {
        checksDue.delete(slot);
        done(slot.check().finally(() => due.forEach((resolve) => void resolve())));
        continue;
      }
      const job = waiting.shift();
      if (job) done(slot.segment(job.task).then(job.resolve, (error: unknown) => job.reject(asError(error))));
    }
  };
  const done = (work: Promise<void>): void => void work.finally(dispatch);

  try {
    await Promise.all(slots.map((slot) => slot.start()));
  } catch (error) {
    await Promise.all(slots.map((slot) => slot.stop()));
    throw error;
  }
  return {
    segment(task) {
      if (closed) return Promise.reject(new SegmenterCrashError(`${task.path}: the segmenter is closed`));
      return new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        dispatch();
      });
    },
    async check() {
      if (closed) return;
      const all = slots.map(
        (slot) =>
          new Promise<void>((resolve) => checksDue.set(slot, [...(checksDue.get(slot) ?? []), resolve])),
      );
      checks += 1;
      dispatch();
      await Promise.all(all);
      checks -= 1;
    },
    isChecking: () => checks > 0,
    checks() {
      const byModel = Map.groupBy(
        slots.flatMap((slot) => slot.checks),
        ({ model }) => model,
      );
      return [...byModel.values()].map(
        (same) => same.find(({ deviation }) => deviation !== null) ?? same[0]!,
      );
    },
    deviations: () => unlike(slots.flatMap(({ checks }) => checks.map(({ deviation }) => deviation))),
    arithmeticOf: (model) =>
      slots
        .flatMap(({ checks }) => checks)
        .find((check) => check.model === model && check.arithmetic === 'exact')?.arithmetic ?? 'as-shipped',
    restarts: () => slots.reduce((sum, { restarts }) => sum + restarts, 0),
    distrust: () => unlike(slots.map(({ distrust }) => distrust)),
    async close() {
      closed = true;
      for (const due of checksDue.values()) due.forEach((resolve) => void resolve());
      checksDue.clear();
      for (const job of waiting.splice(0))
        job.reject(new SegmenterCrashError(`${job.task.path}: the segmenter is closed`));
      await Promise.all(slots.map((slot) => slot.stop()));
    },
  };
}

/** Processes mostly say the same. */
function unlike(reasons: readonly (string | null)[]): string[] {
  return [...new Set(reasons.filter((reason) => reason !== null))];
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(messageOf(thrown));
}
