import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type FileState, statesOf } from './file-state.ts';
import { inNaturalOrder } from './natural-order.ts';
import type { PathFilter } from './path-filter.ts';

/** One look through the whole export folder. */
export interface FolderScan {
  /** Accepted regular files in natural order of their paths. */
  readonly files: readonly FoundFile[];
  /** The folder itself, as '', and the folders in it that were listed, relative to it. */
  readonly folders: readonly string[];
  /** Folders inside that could not be listed. */
  readonly unreadableFolders: readonly string[];
  /** Files and folders whose names are not UTF-8, so that they cannot be opened under the name that is shown. */
  readonly misnamed: readonly string[];
  /** Tells this folder from another that took its place, as a share mounted anew. */
  readonly folderIdentity: string;
}

export interface FoundFile {
  readonly path: string;
  readonly state: FileState;
}

/** What stands in a name for bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';

/** Names judged between two turns of the event loop; one glob takes about 7 us. */
const NAMES_PER_TURN = 256;

/**
 * Lists the accepted files of a folder and of the folders in it. Symbolic links are not followed, so nothing
 * outside the folder is reached.
 *
 * @throws the system's error where the folder itself cannot be listed
 */
export async function scanFolder(folder: string, filter: PathFilter): Promise<FolderScan> {
  const { dev, ino } = await stat(folder);
  const accepted: string[] = [];
  const folders: string[] = [];
  const unreadableFolders: string[] = [];
  const misnamed: string[] = [];
  const pending = [''];
  for (let inside = pending.pop(); inside !== undefined; inside = pending.pop()) {
    const entries = await listFolder(folder, inside, unreadableFolders, misnamed);
    if (entries === null) continue;
    folders.push(inside);
    for (const [index, entry] of entries.entries()) {
      if (index % NAMES_PER_TURN === NAMES_PER_TURN - 1) await setImmediate();
      const relativePath = join(inside, entry.name);
      if (entry.isDirectory() && !filter.skipsFolder(relativePath)) pending.push(relativePath);
      if (entry.isFile() && filter.accepts(relativePath)) accepted.push(join(folder, relativePath));
    }
  }
  const ordered = inNaturalOrder(accepted, (path) => path);
  const states = await statesOf(ordered);
  const files = ordered.flatMap((path, index) => {
    const state = states[index];
    if (!state && path.includes(REPLACEMENT)) misnamed.push(path);
    return state ? [{ path, state }] : [];
  });
  return {
    ...{ files, folders, unreadableFolders },
    ...{ misnamed: misnamed.toSorted(), folderIdentity: `${dev}:${ino}` },
  };
}

async function listFolder(
  folder: string,
  inside: string,
  unreadableFolders: string[],
  misnamed: string[],
): Promise<Dirent[] | null> {
  const path = join(folder, inside);
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (inside === '') throw error;
    // A folder deleted during the scan has nothing to say; any other failure is worth a word.
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isGone && path.includes(REPLACEMENT)) misnamed.push(path);
    else if (!isGone) unreadableFolders.push(path);
    return null;
  }
}
