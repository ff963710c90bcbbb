import { type Stats, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../errors.ts';

// Primary result codes of SQLite (sqlite.org/rescode.html).
const IO_ERROR = 10;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** An open database that nothing may be written to until somebody has mended it; `errcode` as SQLite's. */
class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError';
  readonly errcode: number;

  constructor(reason: string, errcode: number, cause?: unknown) {
    super(reason, { cause });
    this.errcode = errcode;
  }
}

/** Which file each open database is: by device and inode. */
const opened = new WeakMap<
  DatabaseSync,
  { readonly path: string; readonly file: Pick<Stats, 'dev' | 'ino'> }
>();

/** Remembers the file of a database that was just opened. One in memory has none. */
export function rememberFile(database: DatabaseSync): void {
  const path = database.location();
  if (path) opened.set(database, { path, file: statSync(path) });
}

/** Why the file is not the one that was opened, and what to do; null where it is. */
export function absence(database: DatabaseSync): string | null {
  const known = opened.get(database);
  if (!known) return null;
  const now = statSync(known.path, { throwIfNoEntry: false });
  if (now && now.dev === known.file.dev && now.ino === known.file.ino) return null;
  return (
    `${known.path}: the database was ${now ? 'replaced by another file' : 'moved or deleted'} while the daemon runs; ` +
    'put the file back as it was, or stop the daemon and restore a backup (store.file)'
  );
}

/** @throws DamagedStoreError before anything is written that would be lost with the file */
export function requirePresence(database: DatabaseSync): void {
  const fault = absence(database);
  if (fault !== null) throw new DamagedStoreError(fault, IO_ERROR);
}

/** What SQLite has thrown, as a DamagedStoreError with what to do where its pages are damaged. */
export function damageOf(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null;
  if (code !== CORRUPT && code !== NOT_A_DATABASE) return error;
  return new DamagedStoreError(corruptText(path, messageOf(error)), code, error);
}

/** What is wrong with a corrupt database, and what to do. */
export function corruptText(path: string, finding: string): string {
  return (
    `${path}: the database is corrupt (${finding}). Stop the daemon, then either restore a backup of this file, or ` +
    'move it away together with its -wal and -shm files and start again: the tiles still in the export folder are ' +
    'then read and counted afresh'
  );
}
