import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { bytesText } from '../report/night/conditions.ts';
import type { Store } from '../store/database.ts';

/** Larger files take longer to be written anew than systemd waits for a start. */
const REWRITTEN_BYTES_MOST = 2e9;
/** The new file, the pages written ahead of it, and some for what is under way. */
const ROOM_NEEDED = 3;

/**
 * Has the file of an earlier version written anew, once, so that room of deleted rows goes back to the disk from now on. Where
 * it is too large or the disk too full for that the file is left as it is, and why and what to do is said; nothing else suffers.
 */
export function makeShrinkable(
  { fileSize }: Pick<Store, 'fileSize'>,
  path: string,
  logger: Logger,
  freeBytesOf: (folder: string) => number = freeBytes,
): void {
  try {
    if (fileSize.canShrink()) return;
    const bytes = fileSize.bytes();
    const needed = ROOM_NEEDED * bytes;
    const free = freeBytesOf(dirname(path));
    const why =
      bytes > REWRITTEN_BYTES_MOST
        ? `is larger than ${bytesText(REWRITTEN_BYTES_MOST)}, which a start does not wait for`
        : free < needed
          ? `needs ${bytesText(needed)} free for that, and there are ${bytesText(free)}`
          : null;
    if (why !== null) {
      logger.warn(
        { file: path, bytes, free },
        `${path}: was made by an earlier version and does not give room back until it is written anew once, but ${why}; ` +
          `make room, or stop the daemon and run: sqlite3 ${path} 'PRAGMA auto_vacuum = 2; VACUUM'`,
      );
      return;
    }
    logger.info({ file: path, bytes }, 'the database is written anew, once, so that it can become smaller');
    fileSize.rewrite();
    logger.info({ file: path, bytes: fileSize.bytes() }, 'the database is written anew');
  } catch (error) {
    logger.warn(
      { file: path, err: messageOf(error) },
      'the database could not be written anew; it stays as it is',
    );
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
