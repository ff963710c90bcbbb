import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** What shows from outside that a file's contents changed. Not its inode: shares hand out new ones at will. */
export interface FileState {
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** When the system last changed anything of it: nobody can set it, as copying programs do with the other. */
  readonly changedAtMs?: number | undefined;
}

export function stateOf(stats: Stats): FileState {
  return { sizeBytes: stats.size, modifiedAtMs: stats.mtimeMs, changedAtMs: stats.ctimeMs };
}

export function isSameState(a: FileState, b: FileState): boolean {
  const isChangeKnown = a.changedAtMs !== undefined && b.changedAtMs !== undefined;
  return (
    a.sizeBytes === b.sizeBytes &&
    a.modifiedAtMs === b.modifiedAtMs &&
    (!isChangeKnown || a.changedAtMs === b.changedAtMs)
  );
}

/** Enough to keep a slow share busy, and to leave the thread pool to others in between. */
const STATS_AT_ONCE = 32;

/**
 * The states of many regular files, in the order of `paths`; null for one that cannot be looked at or is
 * no regular file (a symbolic link, a folder).
 */
export async function statesOf(paths: readonly string[]): Promise<(FileState | null)[]> {
  const states: (FileState | null)[] = [];
  for (let start = 0; start < paths.length; start += STATS_AT_ONCE) {
    const some = paths.slice(start, start + STATS_AT_ONCE);
    states.push(...(await Promise.all(some.map(regularFileState))));
  }
  return states;
}

/** Whether the regular file shows the same from outside as when it was last looked at. */
export async function isStill(known: FileState, path: string): Promise<boolean> {
  const now = await regularFileState(path);
  return now !== null && isSameState(known, now);
}

async function regularFileState(path: string): Promise<FileState | null> {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? stateOf(stats) : null;
  } catch {
    return null;
  }
}
