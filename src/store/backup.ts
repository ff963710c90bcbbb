import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { messageOf } from '../errors.ts';
import { connectReadOnly } from './connection.ts';
import { lastSequence } from './identity.ts';
import { schemaVersion } from './migrations.ts';
import { FILE_MODE, keepFromOthers } from './rights.ts';
import { json, number, text } from './row.ts';
import { StoreError } from './store-error.ts';

/** What a backup tells of itself. */
export interface BackupNote {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly softwareVersion: string;
  readonly instrument: string;
  /** The configuration in force, as YAML; passwords stay in files of their own. */
  readonly configuration: string;
  readonly models: readonly { readonly name: string; readonly sha256: string }[];
}

/** All pages in one step: a copy in steps begins anew whenever the daemon writes in between. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a live store by SQLite's online backup, as it is at one moment, and writes the note into the copy: one file,
 * whole and proved, or none. Whoever writes to the store meanwhile is not held up.
 * @throws StoreError where the target is there, the store cannot be read, or the copy is damaged
 */
export async function writeBackup(storeFile: string, target: string, note: BackupNote): Promise<void> {
  if (existsSync(target)) throw new StoreError(`${target}: is there already; give --out another name`);
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  const store = connectReadOnly(storeFile);
  try {
    keepFromOthers(partial);
    await backup(store, partial, { rate: ALL_PAGES });
    addNote(partial, note);
    chmodSync(partial, FILE_MODE);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error instanceof StoreError
      ? error
      : new StoreError(
          `${target}: the backup was not made (${messageOf(error)}); look at its disk and rights`,
        );
  } finally {
    store.close();
  }
}

function addNote(file: string, note: BackupNote): void {
  const copy = new DatabaseSync(file);
  try {
    // One file: nothing of a copy waits in a -wal file beside it.
    copy.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL');
    requireSound(copy, file);
    copy.exec('CREATE TABLE backup (note TEXT NOT NULL, last_sequence INTEGER NOT NULL) STRICT');
    copy.prepare('INSERT INTO backup VALUES (?, ?)').run(JSON.stringify(note), lastSequence(copy));
  } finally {
    copy.close();
  }
}

/**
 * Proves a backup and tells its note, changing nothing.
 * @throws StoreError where it is damaged, of a newer version or no backup of `particled backup`
 */
export function readBackup(file: string): BackupNote {
  if (!existsSync(file))
    throw new StoreError(`${file}: is not there; give the file that particled backup has made`);
  let copy: DatabaseSync | undefined;
  try {
    copy = new DatabaseSync(file, { readOnly: true });
    const version = number(copy.prepare('PRAGMA user_version').get(), 'user_version');
    if (version > schemaVersion) {
      throw new StoreError(
        `${file}: has schema ${version}, this particled knows ${schemaVersion}; it was made by a newer version, so upgrade`,
      );
    }
    const noted = copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup'").get();
    if (!noted) {
      throw new StoreError(`${file}: was not made by particled backup, so it does not say what it is of`);
    }
    requireSound(copy, file);
    // Written from a value of this type.
    return json(copy.prepare('SELECT note FROM backup').get() ?? {}, 'note') as BackupNote;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(`${file}: is no sound backup (${messageOf(error)}); take another one`, {
      cause: error,
    });
  } finally {
    copy?.close();
  }
}

function requireSound(database: DatabaseSync, file: string): void {
  const found = text(database.prepare('PRAGMA integrity_check').get(), 'integrity_check');
  if (found !== 'ok') {
    throw new StoreError(`${file}: the copy is damaged (${found.split('\n', 1)[0]}); take another one`);
  }
}
