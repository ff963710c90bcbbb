import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { SegmenterUnavailableError } from '../segmenter/channel.ts';

/** The pipeline's one boundary: whatever goes wrong ends here, is said once, and the rest go on. */
export interface ErrorBoundary {
  /** Does a step that the next tick does again. */
  guarded(step: () => void): void;
  /** Does a step, again and again while the store cannot be written; its other errors are thrown. */
  persistently(step: () => void): Promise<void>;
  /** Says it, once until something goes well again, and waits a little. */
  sayAndPause(error: unknown): Promise<void>;
  /** A segmenter has answered. */
  segmenterWorks(): void;
  /** When something was tried again last, by the steady clock: who tries again still goes on. */
  lastTriedMs(): number;
  /** What the walk of the tiles waits for now, in words. */
  troubles(): string[];
}

const RETRY_MS = 1000;

/**
 * Primary result codes of SQLite (sqlite.org/rescode.html) that tell of the moment, the disk or the file, not of the
 * tile: BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB.
 */
const storesOwnCodes: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 11, 13, 14, 15, 26]);

/** @param isStopping true once nothing is to be tried again */
export function createErrorBoundary(logger: Logger, isStopping: () => boolean): ErrorBoundary {
  let lastSaid = '';
  let lastTriedMs = Number.NEGATIVE_INFINITY;
  const troubles = new Map<'segmenter' | 'step', string>();

  function say(error: unknown): void {
    const reason = messageOf(error);
    if (reason !== lastSaid) logger.error({ err: reason }, 'cannot go on for now; tried again');
    lastSaid = reason;
  }

  async function sayAndPause(error: unknown): Promise<void> {
    say(error);
    lastTriedMs = performance.now();
    troubles.set(error instanceof SegmenterUnavailableError ? 'segmenter' : 'step', messageOf(error));
    if (!isStopping()) await pause(RETRY_MS);
  }

  return {
    sayAndPause,
    lastTriedMs: () => lastTriedMs,
    segmenterWorks: () => void troubles.delete('segmenter'),
    troubles: () => [...troubles.values()],
    guarded(step) {
      try {
        step();
      } catch (error) {
        say(error);
      }
    },
    async persistently(step) {
      do {
        try {
          step();
          lastSaid = '';
          troubles.delete('step');
          return;
        } catch (error) {
          if (!isStoreTrouble(error)) throw error;
          await sayAndPause(error);
        }
      } while (!isStopping());
    },
  };
}

/** Whether the store could not be read or written, so that the same step may succeed once it is mended. */
function isStoreTrouble(error: unknown): boolean {
  // Extended codes carry the primary one in their low byte.
  return error instanceof Error && 'errcode' in error && storesOwnCodes.has(Number(error.errcode) & 0xff);
}
