import type { DatabaseSync } from 'node:sqlite';
import { number, text } from './row.ts';
import { transaction } from './transaction.ts';

/** Which database this is, 32 hexadecimal digits: a new one, and one restored from a backup, has another. */
export function storeId(database: DatabaseSync): string {
  return text(database.prepare('SELECT id FROM store').get(), 'id');
}

/** Sequences of a restored database begin at the next multiple: more than a year of messages lies between. */
const SEQUENCES_LEFT_OUT = 1_000_000;

/** The last sequence number given. */
export function lastSequence(database: DatabaseSync): number {
  const row = database
    .prepare("SELECT coalesce(max(seq), 0) AS seq FROM sqlite_sequence WHERE name = 'outbox'")
    .get();
  return number(row, 'seq');
}

/**
 * Makes a backup that was put in place a store of its own, at its first start: another id, and sequence numbers above all
 * that the database it was copied from may have given since, those of waiting messages too.
 */
export function becomeStore(database: DatabaseSync): void {
  const isBackup =
    database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'backup'").get() !==
    undefined;
  if (!isBackup) return;
  transaction(database, () => {
    const floor = number(database.prepare('SELECT max(last_sequence) AS floor FROM backup').get(), 'floor');
    const last = Math.max(lastSequence(database), floor);
    let sequence = (Math.floor(last / SEQUENCES_LEFT_OUT) + 1) * SEQUENCES_LEFT_OUT;
    const renumber = database.prepare('UPDATE outbox SET id = ? WHERE id = ?');
    for (const row of database.prepare('SELECT id FROM outbox ORDER BY id').all()) {
      renumber.run(++sequence, number(row, 'id'));
    }
    database.exec("DELETE FROM sqlite_sequence WHERE name = 'outbox'");
    database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?)").run(sequence);
    database.exec('UPDATE store SET id = lower(hex(randomblob(16))); DROP TABLE backup');
  });
}
