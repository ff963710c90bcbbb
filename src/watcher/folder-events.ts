import { type FSWatcher, watch } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PathFilter } from './path-filter.ts';

/** Hints from the operating system that files appeared or changed; some may be missed. */
export interface FolderEvents {
  /** Listens to these folders, relative to the export folder, and to no others any more. */
  follow(folders: readonly string[]): void;
  close(): void;
}

export interface FolderEventsHandlers {
  /** Something happened to an accepted path; it may be gone by now. */
  onHint(path: string): void;
  /** Files may lie where nobody listened before (at the start, in a new folder): time for a scan. */
  onUnheard(): void;
  onError(error: unknown): void;
}

/**
 * Listens to folders with one watch each, which tells of the files in it. A watch a file, or a look through the folder at
 * each event, would cost ever more, as the export folder only ever grows.
 *
 * @param folder the export folder; hints name paths under it
 */
export function listenToFolder(
  folder: string,
  filter: PathFilter,
  { onHint, onUnheard, onError }: FolderEventsHandlers,
): FolderEvents {
  const watchers = new Map<string, FSWatcher>();
  let closed = false;

  const end = (inside: string): void => {
    watchers.get(inside)?.close();
    watchers.delete(inside);
  };

  /** False where it is gone or may not be listened to. */
  const begin = (inside: string): boolean => {
    if (closed) return false; // an error of the folder before may have ended it all
    try {
      const watcher = watch(join(folder, inside), (event, name) => hear(inside, event, name));
      watcher.on('error', (error) => {
        end(inside);
        onError(error);
      });
      watchers.set(inside, watcher);
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  };

  const hear = (inside: string, event: string, name: string | null): void => {
    if (name === null) {
      onUnheard();
      return;
    }
    // A folder that is deleted or moved says so by its own name, and nothing after that.
    if (event === 'rename' && name === basename(join(folder, inside))) {
      end(inside);
      onUnheard();
    }
    const path = join(inside, name);
    if (filter.accepts(path)) onHint(join(folder, path));
    else if (event === 'rename' && !filter.skipsFolder(path)) void lookForFolder(join(folder, path));
  };

  const lookForFolder = async (path: string): Promise<void> => {
    const stats = await lstat(path).catch(() => null);
    if (stats?.isDirectory()) onUnheard();
  };

  return {
    follow(folders) {
      const wanted = new Set(folders);
      for (const inside of watchers.keys()) if (!wanted.has(inside)) end(inside);
      const begun = folders.filter((inside) => !watchers.has(inside)).filter(begin);
      // What came between the scan and the listening.
      if (begun.length > 0) onUnheard();
    },
    close() {
      closed = true;
      for (const inside of [...watchers.keys()]) end(inside);
    },
  };
}
