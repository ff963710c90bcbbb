import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../errors.ts';
import { corruptText, damageOf, rememberFile } from './damage.ts';
import { becomeStore } from './identity.ts';
import { migrate, schemaVersion } from './migrations.ts';
import { keepFromOthers } from './rights.ts';
import { number } from './row.ts';
import { StoreError } from './store-error.ts';
import { damagedTable } from './table-checks.ts';

/** A writer waits this long for a visitor's lock (somebody's `sqlite3` prompt) before it gives up. */
const busyTimeoutMs = 2_000;

/**
 * Opens the SQLite file, created and migrated where needed.
 * WAL lets a reading thread work beside the writer; synchronous=FULL keeps a committed row through a power cut.
 * @throws StoreError when the file is corrupt, foreign, newer than this program or cannot be opened
 */
export function connect(path: string): DatabaseSync {
  if (path !== ':memory:') keepFromOthers(path);
  return open(path, false, (database) => {
    refuseForeign(database, path);
    // Says something to a new file only, and must come before its first page.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database, path);
    becomeStore(database);
    requireSound(database, path);
    rememberFile(database);
  });
}

/** Opens an existing, migrated file for reading only. */
export function connectReadOnly(path: string): DatabaseSync {
  return open(path, true, (database) => {
    const version = number(database.prepare('PRAGMA user_version').get(), 'user_version');
    if (version !== schemaVersion) {
      throw new StoreError(
        `${path}: has schema ${version}, expected ${schemaVersion}; start the daemon once to migrate it`,
      );
    }
  });
}

function open(path: string, readOnly: boolean, prepare: (database: DatabaseSync) => void): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, {
      readOnly,
      timeout: busyTimeoutMs,
      enableForeignKeyConstraints: true,
    });
    prepare(database);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof StoreError ? error : explained(error, path);
  }
}

const sqliteCannotOpen = 14;

function explained(error: unknown, path: string): StoreError {
  const damage = damageOf(error, path);
  if (damage !== error) return new StoreError(`${messageOf(damage)}. Nothing was changed`, { cause: error });
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
  if (code === sqliteCannotOpen) {
    return new StoreError(
      `${path}: cannot be opened (${messageOf(error)}); check that its folder exists and may be written`,
      { cause: error },
    );
  }
  return new StoreError(`${path}: ${messageOf(error)}`, { cause: error });
}

function requireSound(database: DatabaseSync, path: string): void {
  const damage = damagedTable(database, 'at the opening');
  if (damage !== null) throw new StoreError(`${corruptText(path, damage)}. Nothing was changed`);
}

/** Another program's database must not be filled with our tables because of a mistyped path. */
function refuseForeign(database: DatabaseSync, path: string): void {
  const version = number(database.prepare('PRAGMA user_version').get(), 'user_version');
  const tables = number(database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get(), 'tables');
  const ours = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'outbox'").get() !== undefined;
  if (tables > 0 && !(version > 0 && ours)) {
    throw new StoreError(`${path}: is another program's database; give the store a file of its own`);
  }
}
