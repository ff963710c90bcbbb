import { basename, join, relative } from 'node:path';
import { watch } from 'chokidar';
import type { PathFilter } from './path-filter.ts';

/** Hints from the operating system that files appeared or changed; some may be missed. */
export interface FolderEvents {
  close(): Promise<void>;
}

export interface FolderEventsHandlers {
  /** Something happened to an accepted path; it may be gone by now. */
  onHint(path: string): void;
  /** Files may lie where nobody listened before (at the start, in a new folder): time for a scan. */
  onUnheard(): void;
  onError(error: unknown): void;
}

/**
 * Starts listening to a folder and the folders in it: one watch a folder, which tells of the files in it.
 * A watch a file would cost 10 kB each, and the export folder only ever grows.
 *
 * @param folder the folder as configured; hints name paths under it
 * @param realFolder the same folder with symbolic links resolved, as links are not followed
 */
export function listenToFolder(
  folder: string,
  realFolder: string,
  filter: PathFilter,
  handlers: FolderEventsHandlers,
): FolderEvents {
  const watcher = watch(realFolder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    atomic: false,
    ignored: (path, stats) => {
      const inside = relative(realFolder, path);
      const isFolder = stats?.isDirectory() ?? true;
      return inside !== '' && (!isFolder || filter.skipsFolder(inside));
    },
  });
  watcher.on('ready', handlers.onUnheard).on('addDir', handlers.onUnheard).on('error', handlers.onError);
  // chokidar's own file events come from a watch a file; `raw` passes on what a folder's watch tells.
  watcher.on('raw', (_event, name, details) => {
    const inside = relative(realFolder, join(watchedPathOf(details) ?? realFolder, basename(name ?? '')));
    if (filter.accepts(inside)) handlers.onHint(join(folder, inside));
  });
  return { close: () => watcher.close() };
}

function watchedPathOf(details: unknown): string | null {
  const isNamed = typeof details === 'object' && details !== null && 'watchedPath' in details;
  return isNamed && typeof details.watchedPath === 'string' ? details.watchedPath : null;
}
