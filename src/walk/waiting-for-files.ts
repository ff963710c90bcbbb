import { messageOf, UnusableFileError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { SegmenterCrashError } from '../segmenter/channel.ts';
import type { Store } from '../store/database.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import { FolderAwayError, type TileFiles } from '../watcher/tile-files.ts';
import { createGrowingPauses } from './growing-pauses.ts';

/** Tiles whose files cannot be read now: they wait, without an attempt that counts, and are tried again and again. */
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

export function createWaitingForFiles(options: {
  readonly files: TileFiles;
  readonly store: Pick<Store, 'tiles'>;
  /** Reads the file again, since it holds something else now. */
  readonly readAgain: (path: string) => void;
  readonly logger: Logger;
}): WaitingForFiles {
  const { files, store, readAgain, logger } = options;
  const pauses = createGrowingPauses<number>(LONGEST_PAUSE_MS);
  const reasons = new Map<number, string>();
  let wasThere = true;

  function wait(tile: StoredTile, reason: string): null {
    if (!reasons.has(tile.id) && reasons.size === 0)
      logger.warn({ path: tile.file.path, reason }, 'a tile waits for its file; so do others that need it');
    reasons.set(tile.id, reason);
    pauses.again(tile.id);
    return null;
  }

  async function judged(tile: StoredTile, error: unknown, sinceMs: number): Promise<unknown | null> {
    const { path, contentHash } = tile.file;
    const reason =
      error instanceof UnusableFileError ? error.message.slice(path.length + 2) : messageOf(error);
    if (files.wasAwaySince(sinceMs)) return wait(tile, reason);
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
    return isOwn && !files.wasAwaySince(sinceMs) ? error : wait(tile, reason);
  }

  function done(tileId: number): void {
    reasons.delete(tileId);
    pauses.forget(tileId);
  }

  return {
    async judge(tile, error, sinceMs) {
      if (!files.isWatched || !mayBeOfTheFile(error)) return error;
      try {
        return await judged(tile, error, sinceMs);
      } catch (away) {
        if (!(away instanceof FolderAwayError)) throw away;
        return wait(tile, away.message);
      }
    },
    done,
    postponed: () => pauses.paused(),
    tick() {
      const isThere = files.isThere();
      if (isThere && !wasThere) pauses.wake();
      wasThere = isThere;
      // Superseded meanwhile, as by another content at the same path.
      for (const id of pauses.due()) {
        const tile = store.tiles.get(id);
        if (!tile || !(tile.state === 'seen' || tile.again)) done(id);
      }
    },
    troubles() {
      const [first, ...others] = reasons.values();
      if (first === undefined) return [];
      const tiles = others.length === 0 ? 'a tile waits' : `${others.length + 1} tiles wait`;
      return [`${tiles} for files that cannot be read: ${first}`];
    },
  };
}

/** The file could not be read, or whoever read it did not come back. */
function mayBeOfTheFile(error: unknown): boolean {
  if (error instanceof SegmenterCrashError) return !error.isRead;
  return error instanceof UnusableFileError && error.code === 'unreadable' && error.mayRecover;
}
