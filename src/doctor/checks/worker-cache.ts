import { statfsSync } from 'node:fs';
import { bytesText } from '../../report/night/conditions.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';
import { type FolderLook, lookAtFolder } from '../folder-look.ts';

const CHECK = 'cache';
/** A few models of 100 MB, and the tiles under way. */
const FREE_BYTES_MIN = 1e9;

/** Whether a worker can keep models that are sent to it, and the tiles that it segments; nothing is made. */
export function checkWorkerCache(cacheFolder: string): Finding {
  const look = lookAtFolder(cacheFolder);
  const { bavail, bsize } = statfsSync(look.nearest);
  return judgeWorkerCache(look, bavail * bsize);
}

type Look = Pick<FolderLook, 'folder' | 'isThere' | 'obstacle' | 'user'>;

export function judgeWorkerCache({ folder, isThere, obstacle, user }: Look, freeBytes: number): Finding {
  if (obstacle !== null)
    return failure(CHECK, `${folder}: ${obstacle}`, `let ${user} write there, or set worker.cacheFolder`);
  const found = `${folder}: ${isThere ? 'writable' : 'is made at the start'}, ${bytesText(freeBytes)} free`;
  return freeBytes < FREE_BYTES_MIN
    ? attention(CHECK, found, `make room, ${bytesText(FREE_BYTES_MIN)} or more, or set worker.cacheFolder`)
    : ok(CHECK, found);
}
