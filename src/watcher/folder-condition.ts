import { stat } from 'node:fs/promises';
import { messageOf } from '../errors.ts';

/**
 * How files of a folder are found at present. `mute`: files appear and no event tells of them, so that scans alone find them; `emptied`: all files that were there
 * have gone at once, as they do when a share is lost behind its mount point.
 */
export type FolderCondition = 'events' | 'mute' | 'polling' | 'unavailable' | 'emptied';

/** Files can be read in it. */
export function isListed(condition: FolderCondition): boolean {
  return condition !== 'unavailable' && condition !== 'emptied';
}

/** @throws Error with what to do where it is no folder */
export async function requireFolder(folder: string): Promise<void> {
  const advice = 'create it, mount its share, or correct the folder in the configuration';
  const stats = await stat(folder).catch((error: unknown) => {
    throw new Error(`cannot watch the export folder ${folder}: ${messageOf(error)}; ${advice}`);
  });
  if (!stats.isDirectory()) {
    throw new Error(`cannot watch the export folder ${folder}: it is not a folder; ${advice}`);
  }
}
