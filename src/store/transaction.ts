import type { DatabaseSync } from 'node:sqlite';
import { damageOf, requirePresence } from './damage.ts';

/**
 * Runs `work` whole or not at all.
 * @throws DamagedStoreError where the file is no longer the one that was opened, or its pages are damaged
 */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  requirePresence(database);
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // After some faults, as a full disk, SQLite has rolled back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw damageOf(error, database.location() ?? '');
  }
}

/** Runs `read` on the state of one moment, whatever is written meanwhile. */
export function snapshot<T>(database: DatabaseSync, read: () => T): T {
  database.exec('BEGIN');
  try {
    return read();
  } finally {
    database.exec('COMMIT');
  }
}
