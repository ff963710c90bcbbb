import type { StoredRun } from '../store/runs.ts';

/** The two clocks: one that is set, by hand or by NTP, and one that only goes on. */
export interface Clocks {
  /** Milliseconds since 1970. */
  wallMs(): number;
  /** Milliseconds since some moment of this process; no setting of the clock moves it. */
  steadyMs(): number;
}

export const systemClocks: Clocks = { wallMs: () => Date.now(), steadyMs: () => performance.now() };

/** How long each filling run has been without a new tile, whatever happens to the computer's clock. */
export interface Silence {
  /** A tile of the run has come. */
  broken(runId: number): void;
  /** When its last tile came, by the steady clock. */
  lastTileAtMs(run: Pick<StoredRun, 'id' | 'lastTileAtMs'>): number;
  /** Now, by the same clock. */
  nowMs(): number;
}

/** Of the silence that ends a run, this share at least passes in the process that ends it. */
const WITNESSED_SHARE = 0.5;

/**
 * Within a process silence is measured by the steady clock. Of the time before its start the store knows only what the
 * wall clock said, which may have been set since, so that time counts for half of `stallAfterMs` at most.
 */
export function createSilence(stallAfterMs: number, clocks: Clocks): Silence {
  const start = { wallMs: clocks.wallMs(), steadyMs: clocks.steadyMs() };
  const lastTileAt = new Map<number, number>();
  return {
    broken: (runId) => void lastTileAt.set(runId, clocks.steadyMs()),
    lastTileAtMs(run) {
      const witnessed = lastTileAt.get(run.id);
      if (witnessed !== undefined) return witnessed;
      const told = Math.max(0, start.wallMs - run.lastTileAtMs);
      return start.steadyMs - Math.min(told, (1 - WITNESSED_SHARE) * stallAfterMs);
    },
    nowMs: clocks.steadyMs,
  };
}
