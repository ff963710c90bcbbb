import { messageOf, UnusableFileError } from '../errors.ts';
import { SegmenterCrashError } from '../segmenter/channel.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import { FolderAwayError, type TileFiles } from '../watcher/tile-files.ts';
import { createGrowingPauses } from './growing-pauses.ts';
import type { PipelineParts } from './walk-parts.ts';

/**
 * Tiles whose files cannot be read now: they wait, without an attempt that counts, and are tried again and again. Where the folder is
 * there and a file alone stays unreadable, its tile is given up after a while, so that its run can end.
 */
export interface WaitingForFiles {
  /** Whether the tile waits for its file after this failure; else the failure is its own, as given back. */
  judge(tile: StoredTile, error: unknown, sinceMs: number): Promise<unknown | null>;
  /** The tile has ended, one way or another. */
  done(tileId: number): void;
  /** Those that are not to be tried now. */
  postponed(): number[];
  /** Time has passed. */
  tick(): void;
  /** What tiles wait for, in words. */
  troubles(): string[];
}

/** A share that comes back ends all pauses; a single file is looked at so often at least. */
const LONGEST_PAUSE_MS = 60_000;

/** @param options `readAgain` reads the file again, since it holds something else now */
export function createWaitingForFiles(
  options: Pick<PipelineParts, 'config' | 'store' | 'logger'> & {
    readonly files: TileFiles;
    readonly readAgain: (path: string) => void;
  },
): WaitingForFiles {
  const { files, store, readAgain, logger } = options;
  // A run waits as long for a tile that has not come.
  const patienceMs = options.config.grid.stallAfterS * 1000;
  const pauses = createGrowingPauses<number>(LONGEST_PAUSE_MS);
  const waits = new Map<number, { reason: string; sinceMs: number }>();
  let wasThere = true;

  /** @param isAway time during which the folder is away is nobody's fault */
  function wait(tile: StoredTile, reason: string, isAway: boolean): null {
    if (waits.size === 0)
      logger.warn({ path: tile.file.path, reason }, 'a tile waits for its file; so do others that need it');
    const sinceMs = isAway ? performance.now() : (waits.get(tile.id)?.sinceMs ?? performance.now());
    waits.set(tile.id, { reason, sinceMs });
    pauses.again(tile.id);
    return null;
  }

  function waitOrGiveUp(tile: StoredTile, reason: string): UnusableFileError | null {
    const waitedMs = performance.now() - (waits.get(tile.id)?.sinceMs ?? performance.now());
    if (waitedMs < patienceMs) return wait(tile, reason, false);
    const since = `could not be read for ${Math.round(waitedMs / 1000)} s (${reason}); make it readable`;
    return new UnusableFileError(tile.file.path, 'unreadable', since, true);
  }

  async function judged(tile: StoredTile, error: unknown, sinceMs: number): Promise<unknown | null> {
    const { path, contentHash } = tile.file;
    const reason =
      error instanceof UnusableFileError ? error.message.slice(path.length + 2) : messageOf(error);
    if (files.wasAwaySince(sinceMs)) return wait(tile, reason, true);
    if ((await files.gone([path])).length > 0) {
      pauses.again(tile.id);
      return new UnusableFileError(
        path,
        'unreadable',
        'was deleted before it was segmented; put it back',
        true,
      );
    }
    const now = await files.contentHash(path);
    if (now !== null && now !== contentHash) readAgain(path);
    const isOwn = now === contentHash && error instanceof SegmenterCrashError;
    if (files.wasAwaySince(sinceMs)) return wait(tile, reason, true);
    return isOwn ? error : waitOrGiveUp(tile, reason);
  }

  function done(tileId: number): void {
    waits.delete(tileId);
    pauses.forget(tileId);
  }

  return {
    async judge(tile, error, sinceMs) {
      if (!files.isWatched || !mayBeOfTheFile(error)) return error;
      try {
        return await judged(tile, error, sinceMs);
      } catch (away) {
        if (!(away instanceof FolderAwayError)) throw away;
        return wait(tile, away.message, true);
      }
    },
    done,
    postponed: () => pauses.paused(),
    tick() {
      const isThere = files.isThere();
      if (isThere && !wasThere) pauses.wake();
      if (!isThere) for (const one of waits.values()) one.sinceMs = performance.now();
      wasThere = isThere;
      // Superseded meanwhile, as by another content at the same path.
      for (const id of pauses.due()) {
        const tile = store.tiles.get(id);
        if (!tile || !(tile.state === 'seen' || tile.again)) done(id);
      }
    },
    troubles() {
      const [first, ...others] = waits.values();
      if (first === undefined) return [];
      const tiles = others.length === 0 ? 'a tile waits' : `${others.length + 1} tiles wait`;
      return [`${tiles} for files that cannot be read: ${first.reason}`];
    },
  };
}

/** The file could not be read, or whoever read it did not come back. */
function mayBeOfTheFile(error: unknown): boolean {
  if (error instanceof SegmenterCrashError) return !error.isRead;
  return error instanceof UnusableFileError && error.code === 'unreadable' && error.mayRecover;
}
