import type { Logger } from '../logger.ts';

/** A refusal is told for so long after it was heard last. */
const TOLD_MS = 600_000;

/** Which workers do not take tiles, and why. */
export interface Refusals {
  note(worker: string, message: string, path: string): void;
  /** A worker has answered after all. */
  forget(worker: string): void;
  /** In words, by worker. */
  all(): ReadonlyMap<string, string>;
}

export function createRefusals(logger: Logger, nowMs = (): number => performance.now()): Refusals {
  const heard = new Map<string, { readonly message: string; readonly atMs: number }>();
  return {
    note(worker, message, path) {
      if (heard.get(worker)?.message !== message)
        logger.warn({ worker, reason: message, path }, 'a worker does not take a tile; another is asked');
      heard.set(worker, { message, atMs: nowMs() });
    },
    forget: (worker) => void heard.delete(worker),
    all() {
      for (const [worker, { atMs }] of heard) if (nowMs() - atMs > TOLD_MS) heard.delete(worker);
      return new Map([...heard].map(([worker, { message }]) => [worker, message]));
    },
  };
}
