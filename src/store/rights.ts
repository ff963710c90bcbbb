import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';

/** Written by its owner, read by the group; nobody else sees what was measured. */
export const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;

/** Makes a folder, and those above it that are missing, whatever the umask; one that is there stays as it is. */
export function makeFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true, mode: FOLDER_MODE }) !== undefined) chmodSync(folder, FOLDER_MODE);
}

/**
 * Gives a file of the store, and those that SQLite keeps beside it, its rights before SQLite opens it, whatever the
 * umask: a new one is made with them, an older one loses what goes beyond. New -wal and -shm files get the database's.
 */
export function keepFromOthers(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) {
      closeSync(openSync(path, 'a', FILE_MODE));
      chmodSync(path, FILE_MODE);
    }
    for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) narrow(file);
  } catch {
    // Another user's file, or a folder that is missing: SQLite says what cannot be done with it.
  }
}

function narrow(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() && (stats.mode & 0o777 & ~FILE_MODE) !== 0) chmodSync(file, stats.mode & FILE_MODE);
}
