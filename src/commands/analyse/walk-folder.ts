import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../store/database.ts';
import { createPipeline } from '../../walk/pipeline.ts';
import type { Pipeline, PipelineParts } from '../../walk/walk-parts.ts';
import type { FolderListing } from '../../watcher/folder-listing.ts';
import type { Interruption } from './interruption.ts';
import { createProgress, type FilesSoFar } from './progress.ts';

/** What became of the files of a folder. */
export interface Walked {
  readonly files: number;
  readonly done: number;
  /** Of these, those that no earlier analysis had done. */
  readonly doneNow: number;
}

type WalkOptions = Omit<PipelineParts, 'onMessage'> & {
  readonly listing: FolderListing;
  readonly stop: Interruption;
};

/** Files that are read ahead of the segmenters: enough that none idles, and few, since memory and store hold each of them. */
const PAGE = 32;
const PAGES_AHEAD = 2;
const FULL_PAUSE_MS = 50;
const TICK_MS = 1000;

/** Takes a folder's files one page after another, as fast as they are segmented, until all are done or it is stopped. */
export async function walkFolder({ listing, stop, ...parts }: WalkOptions): Promise<Walked> {
  const { store, capacity } = parts;
  const pipeline = createPipeline({ ...parts, onMessage: () => {} });
  const count = createFileCount(store, listing, parts.config.watch.folder);
  const progress = createProgress(process.stderr);
  // Of an earlier analysis runs of folders ahead may still fill.
  const passed = new Set<string>();
  let inside = '';
  const tick = setInterval(() => {
    progress.show(count.now());
    pipeline.endRunsIn(passed);
    store.outbox.clear(); // there is no broker
  }, TICK_MS);
  try {
    pipeline.resume();
    pipeline.misnamed(listing.misnamed);
    const ahead = Math.max(PAGES_AHEAD * PAGE, 2 * capacity);
    for (const { folder, paths } of listing.pages(PAGE)) {
      if (folder !== inside) passed.add(inside);
      inside = folder;
      await admit(paths, pipeline, count);
      while (store.tiles.countByState().seen >= ahead && stop.signal === null) await pause(FULL_PAUSE_MS);
      if (stop.signal !== null) break;
    }
    if (stop.signal === null) await Promise.race([pipeline.finish(), stop.came]);
    if (stop.signal !== null) await pipeline.stop();
    store.outbox.clear();
    const { done, doneBefore } = count.now();
    return { files: listing.count + listing.misnamed.length, done, doneNow: done - doneBefore };
  } finally {
    clearInterval(tick);
    progress.stop();
  }
}

async function admit(
  paths: readonly string[],
  pipeline: Pick<Pipeline, 'arrive' | 'admitted'>,
  count: FileCount,
): Promise<void> {
  count.taken(paths);
  for (const path of paths) pipeline.arrive(path);
  await pipeline.admitted();
  count.admitted(paths.length);
}

interface FileCount {
  /** They are about to arrive. */
  taken(paths: readonly string[]): void;
  /** So many more are read. */
  admitted(files: number): void;
  now(): FilesSoFar;
}

/** Counts files without asking the store of each: all that were read are done but for those whose tiles wait. */
function createFileCount(
  { files, tiles, unusable }: Store,
  { count, misnamed }: FolderListing,
  folder: string,
): FileCount {
  const isKnown = (path: string): boolean =>
    files.get(path) !== undefined || unusable.get(path) !== undefined;
  const knownAtStart = files.countIn(folder) + unusable.count();
  const waitingAtStart = tiles.countByState().seen;
  const all = count + misnamed.length;
  let read = misnamed.length;
  let knownRead = misnamed.filter(isKnown).length;
  return {
    taken(paths) {
      knownRead += paths.filter(isKnown).length;
    },
    admitted(more) {
      read += more;
    },
    now() {
      const waiting = tiles.countByState().seen;
      const done = Math.max(0, read - waiting);
      const doneBefore = Math.max(0, Math.min(done, knownRead - waitingAtStart));
      const knownAhead = Math.max(0, Math.min(all - read, knownAtStart - knownRead));
      return { all, done, doneBefore, left: all - done - knownAhead, setAside: unusable.count() };
    },
  };
}
