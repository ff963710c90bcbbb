import { dirname } from 'node:path';
import type { Logger } from '../logger.ts';

/** Events come within milliseconds; so long without one is not a matter of a busy computer. */
const EVENT_DELAY_MAX_MS = 5000;

interface WatchedFolder {
  readonly folder: string;
  readonly rescanIntervalMs: number;
  readonly logger: Logger;
}

/**
 * Notices when a folder's events have died, or never come, as on most network shares: a scan then finds files in folders
 * that were listened to, and no event follows. The event of any tile shows that they live.
 */
export class EventCanary {
  readonly #watched: WatchedFolder;
  #folders: ReadonlySet<string> = new Set();
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #unheardSinceMs: number | null = null;
  #isTold = false;

  constructor(watched: WatchedFolder) {
    this.#watched = watched;
  }

  /** An event came. */
  heard(nowMs = performance.now()): void {
    this.#heardAtMs = nowMs;
    this.#unheardSinceMs = null;
  }

  /**
   * @param files all that a scan has found
   * @param news those of them that were unknown, or have changed
   */
  scanned(
    files: readonly { readonly path: string }[],
    news: readonly { readonly path: string }[],
    nowMs = performance.now(),
  ): void {
    // A folder that is new to this scan may have had its files before anybody listened; and the event of a file may have
    // come while the scan was on its way to it.
    const wasJustHeard = nowMs - this.#heardAtMs < EVENT_DELAY_MAX_MS;
    if (!wasJustHeard && news.some(({ path }) => this.#folders.has(dirname(path))))
      this.#unheardSinceMs ??= nowMs;
    this.#folders = new Set(files.map(({ path }) => dirname(path)));
  }

  isDead(nowMs = performance.now()): boolean {
    return this.#unheardSinceMs !== null && nowMs - this.#unheardSinceMs >= EVENT_DELAY_MAX_MS;
  }

  /** Tells it once, and once when they are back. */
  tell(): void {
    const { folder, rescanIntervalMs, logger } = this.#watched;
    const isDead = this.isDead();
    if (isDead && !this.#isTold)
      logger.warn(
        { folder, rescanIntervalMs },
        'files appear in the export folder and no event tells of them, as on most network shares: scans alone find them; ' +
          'set watch.polling: true, and watch.rescanIntervalS to how soon tiles are wanted',
      );
    if (!isDead && this.#isTold) logger.info({ folder }, 'events tell of files again');
    this.#isTold = isDead;
  }
}
