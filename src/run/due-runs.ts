import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** Runs whose summary is due, each made in its turn. */
export interface DueRuns {
  /** @param asOfMs the time, by the steady clock, as of which the run is judged; the latest one counts */
  add(runId: number, asOfMs: number): void;
  /** The same, though never before its interval: many small things to tell make few summaries. */
  addPatiently(runId: number, asOfMs: number): void;
  has(runId: number): boolean;
  /** Why the last one could not be made, and is tried again; null where it could. */
  trouble(): string | null;
  /** Resolves once none is due. */
  idle(): Promise<void>;
  /** Begins no further one; resolves when the one under way is made. */
  stop(): Promise<void>;
}

const RETRY_MS = 1000;
const LOOK_AGAIN_MS = 250;

/**
 * One run after another. Each waits its interval since it was made last, unless it is urgent; one that cannot be made
 * stays due.
 */
export function createDueRuns(options: {
  readonly intervalMs: number;
  isUrgent(runId: number): boolean;
  make(runId: number, asOfMs: number): Promise<void>;
  readonly logger: Logger;
}): DueRuns {
  const { intervalMs, isUrgent, make, logger } = options;
  const due = new Map<number, number>();
  // By the steady clock: one that is set back a day withholds no summary.
  const madeAtMs = new Map<number, number>();
  let working: Promise<void> | null = null;
  let stopping = false;
  let trouble: string | null = null;

  const patient = new Set<number>();

  const isTimeFor = (runId: number): boolean =>
    performance.now() - (madeAtMs.get(runId) ?? Number.NEGATIVE_INFINITY) >= intervalMs ||
    (!patient.has(runId) && isUrgent(runId));

  async function work(): Promise<void> {
    while (!stopping && due.size > 0) {
      try {
        const runId = [...due.keys()].find(isTimeFor);
        if (runId === undefined) await pause(Math.min(intervalMs, LOOK_AGAIN_MS));
        else await makeDue(runId);
      } catch (error) {
        const reason = messageOf(error);
        if (reason !== trouble) logger.error({ err: reason }, 'summary not written; tried again');
        trouble = reason;
        await pause(RETRY_MS);
      }
    }
    working = null;
  }

  async function makeDue(runId: number): Promise<void> {
    const asOfMs = due.get(runId) ?? 0;
    due.delete(runId);
    patient.delete(runId);
    madeAtMs.set(runId, performance.now());
    try {
      await make(runId, asOfMs);
      trouble = null;
    } catch (error) {
      note(runId, asOfMs);
      throw error;
    }
  }

  function note(runId: number, asOfMs: number): void {
    due.set(runId, Math.max(asOfMs, due.get(runId) ?? 0));
  }

  function add(runId: number, asOfMs: number): void {
    note(runId, asOfMs);
    if (!stopping) working ??= work();
  }

  return {
    add(runId, asOfMs) {
      patient.delete(runId);
      add(runId, asOfMs);
    },
    addPatiently(runId, asOfMs) {
      if (!due.has(runId)) patient.add(runId);
      add(runId, asOfMs);
    },
    has: (runId) => due.has(runId),
    trouble: () => trouble,
    async idle() {
      while (working) await working;
    },
    async stop() {
      stopping = true;
      await working;
    },
  };
}
