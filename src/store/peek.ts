import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../errors.ts';
import { schemaVersion } from './migrations.ts';
import { number } from './row.ts';

/** What a file is that shall be the store; `ours` with the version of its tables and the one that this program knows. */
export type StoreContent =
  | { readonly kind: 'ours'; readonly version: number; readonly known: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Looks into an existing file, changing nothing: no table is migrated, no -wal and -shm file is made.
 * @param inUse whether another process has it open: then these files are there already and are read through
 */
export function peekStore(path: string, inUse: boolean): StoreContent {
  let database: DatabaseSync | undefined;
  try {
    if (statSync(path).size === 0) return { kind: 'empty' };
    database = new DatabaseSync(inUse ? path : immutable(path), { readOnly: true });
    const version = number(database.prepare('PRAGMA user_version').get(), 'user_version');
    const tables = number(database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get(), 'tables');
    // Without one the daemon makes its own, or they wait in the -wal file of one that was killed at its first start.
    if (tables === 0) return { kind: 'empty' };
    const ours = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'outbox'").get() !== undefined;
    return version > 0 && ours ? { kind: 'ours', version, known: schemaVersion } : { kind: 'foreign' };
  } catch (error) {
    return { kind: 'unreadable', reason: messageOf(error) };
  } finally {
    database?.close();
  }
}

/** SQLite then takes no lock and leaves what waits in the -wal file alone. */
function immutable(path: string): URL {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return url;
}
