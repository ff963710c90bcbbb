import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { type Mount, mountOf } from './mounts.ts';

/** A folder that particled writes into, as it is before anybody writes. */
export interface FolderLook {
  readonly folder: string;
  /** The folder itself, or the nearest one above it that is there. */
  readonly nearest: string;
  readonly isThere: boolean;
  /** Why this user cannot write there or make it; null where nothing is known against it. */
  readonly obstacle: string | null;
  readonly mount: Mount | null;
  readonly user: string;
}

/** Looks without making anything. */
export function lookAtFolder(path: string): FolderLook {
  const folder = resolve(path);
  const nearest = nearestThere(folder);
  return {
    ...{ folder, nearest, isThere: nearest === folder },
    obstacle: obstacleIn(nearest),
    mount: mountAt(nearest),
    user: thisUser(),
  };
}

/** The mount of what is there; null outside Linux. */
export function mountAt(path: string): Mount | null {
  try {
    return mountOf(realpathSync(path), readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    return null;
  }
}

/** The path itself, or the nearest one above it that is there. */
export function nearestThere(path: string): string {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined || path === dirname(path)) return path;
  return nearestThere(dirname(path));
}

/** Who looks: rights are this user's, and the daemon's only where it is the same. */
export function thisUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`; // an id without an entry
  }
}

function obstacleIn(folder: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is no folder`;
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
