import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { requirePresence } from './damage.ts';
import { number } from './row.ts';

/** The size of the database file, and how it becomes smaller. */
export interface FileSize {
  /** False for a file of a version that never gave room back. */
  canShrink(): boolean;
  bytes(): number;
  /** Of these, in pages that hold nothing. */
  freeBytes(): number;
  /** Writes the whole file anew, so that it can shrink from now on; nothing else is written meanwhile. */
  rewrite(): void;
  /** Gives at most so many empty pages back to the disk. @returns whether any are left */
  giveBack(pages: number): boolean;
  /** Brings what was written ahead into the file, as far as no reader needs it, and so cuts it. */
  checkpoint(): void;
}

/** https://sqlite.org/pragma.html#pragma_auto_vacuum */
const INCREMENTAL = 2;

export function createFileSize(database: DatabaseSync): FileSize {
  const pragma = (name: string): number => number(database.prepare(`PRAGMA ${name}`).get(), name);
  return {
    canShrink: () => pragma('auto_vacuum') === INCREMENTAL,
    bytes: () => pragma('page_count') * pragma('page_size'),
    freeBytes: () => pragma('freelist_count') * pragma('page_size'),
    rewrite() {
      requirePresence(database);
      // Where its room was looked at: folders for temporary files often lie in memory.
      const folder = dirname(database.location() ?? '').replaceAll("'", "''");
      database.exec(`PRAGMA temp_store_directory = '${folder}'; PRAGMA auto_vacuum = INCREMENTAL; VACUUM`);
      database.exec("PRAGMA temp_store_directory = ''; PRAGMA wal_checkpoint(TRUNCATE)");
    },
    giveBack(pages) {
      requirePresence(database);
      if (pragma('auto_vacuum') !== INCREMENTAL) return false;
      const before = pragma('freelist_count');
      database.exec(`PRAGMA incremental_vacuum(${pages})`);
      const left = pragma('freelist_count');
      return left > 0 && left < before;
    },
    checkpoint: () => database.exec('PRAGMA wal_checkpoint(PASSIVE)'),
  };
}
