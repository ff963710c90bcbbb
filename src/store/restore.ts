import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../errors.ts';
import { type BackupNote, readBackup } from './backup.ts';
import { openStore } from './database.ts';
import { lastSequence } from './identity.ts';
import { keepFromOthers } from './rights.ts';
import { number, type Row, text } from './row.ts';
import { StoreError } from './store-error.ts';

/** What has become of a store that a backup took the place of. */
export interface Restored {
  readonly note: BackupNote;
  /** Where the store of before lies now; null where there was none. */
  readonly keptAt: string | null;
  /** Why the store of before could not be read; null where it could, or where there was none. */
  readonly unread: string | null;
}

/** What only the store of before knows. */
interface Remembered {
  readonly lastSequence: number;
  readonly mails: readonly Row[];
}

/**
 * Puts a backup in the place of a store that this process has locked. The store of before is kept beside it; of it the
 * new one takes over which nights had their mail, and begins its sequence above all that it gave.
 * @throws StoreError with nothing changed where the backup cannot be used
 */
export function restoreBackup(file: string, storeFile: string, now: Date): Restored {
  const note = readBackup(file);
  const restoring = `${storeFile}.restoring`;
  for (const left of [restoring, `${restoring}-journal`]) rmSync(left, { force: true });
  let before: Remembered | null = null;
  let unread: string | null = null;
  try {
    before = existsSync(storeFile) ? remembered(storeFile) : null;
  } catch (error) {
    unread = messageOf(error);
  }
  try {
    keepFromOthers(restoring);
    copyFileSync(file, restoring);
    if (before) remember(restoring, before);
    openStore(restoring).close(); // migrated, with an id and sequence of its own
  } catch (error) {
    rmSync(restoring, { force: true });
    if (error instanceof StoreError) throw error;
    throw new StoreError(`${restoring}: ${messageOf(error)}; look at the disk and rights of store.file`);
  }
  const keptAt = existsSync(storeFile)
    ? `${storeFile}.before-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`
    : null;
  if (keptAt !== null) {
    for (const part of ['-wal', '-shm', ''])
      if (existsSync(`${storeFile}${part}`)) renameSync(`${storeFile}${part}`, `${keptAt}${part}`);
  }
  renameSync(restoring, storeFile);
  return { note, keptAt, unread };
}

/** Closing it empties its -wal file, so that what is kept is one file. */
function remembered(storeFile: string): Remembered {
  const store = new DatabaseSync(storeFile);
  try {
    return {
      lastSequence: lastSequence(store),
      mails: store.prepare('SELECT * FROM mails').all(),
    };
  } finally {
    store.close();
  }
}

function remember(restoring: string, before: Remembered): void {
  const copy = new DatabaseSync(restoring);
  try {
    copy.prepare('UPDATE backup SET last_sequence = max(last_sequence, ?)').run(before.lastSequence);
    const mail = copy.prepare(
      `INSERT OR REPLACE INTO mails (local_date, state, attempts, next_attempt_at_ms, created_at_ms, sent_at_ms, reason)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const row of before.mails) {
      const times = ['attempts', 'next_attempt_at_ms', 'created_at_ms'].map((name) => number(row, name));
      mail.run(
        ...[text(row, 'local_date'), text(row, 'state'), ...times],
        row.sent_at_ms ?? null,
        row.reason ?? null,
      );
    }
  } finally {
    copy.close();
  }
}
