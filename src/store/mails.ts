import type { DatabaseSync } from 'node:sqlite';
import { nullableText, number, type Row, text, word } from './row.ts';

/** not-owed: the night had ended when mails were first wanted. */
export type MailState = 'waiting' | 'sent' | 'given-up' | 'not-owed';

export interface StoredMail {
  /** The night's date, YYYY-MM-DD. */
  readonly localDate: string;
  readonly state: MailState;
  /** Attempts begun, so that one which ends the process counts too. */
  readonly attempts: number;
  readonly nextAttemptAtMs: number;
  /** Why the last attempt failed; of a sent mail, which addresses did not get it. */
  readonly reason: string | null;
}

/** One mail for each night: a date that stands here gets no second one. */
export interface Mails {
  /**
   * Nights are owed from now on, where they were not before; `lastDate` is the one that has ended already.
   * @returns since when they are owed
   */
  begin(lastDate: string, nowMs: number): number;
  /** Every date with a row. */
  dates(): Set<string>;
  /** Owes the night's mail, to be sent at once; nothing changes where the date stands already. */
  owe(localDate: string, nowMs: number): void;
  /** Unsent mails, oldest night first. */
  waiting(): StoredMail[];
  /** An attempt begins; should it never end, another may begin at `nextAttemptAtMs`. */
  beginAttempt(localDate: string, nextAttemptAtMs: number): void;
  /** The server has taken it; `reason` tells of addresses that it refused. */
  noteSent(localDate: string, nowMs: number, reason: string | null): void;
  noteFailure(localDate: string, reason: string, final: boolean): void;
  /** The mail of the latest night that was tried or owed. */
  latest(): StoredMail | undefined;
}

const states = ['waiting', 'sent', 'given-up', 'not-owed'] as const satisfies readonly MailState[];

export function createMails(database: DatabaseSync): Mails {
  const since = database.prepare('SELECT min(created_at_ms) AS ms FROM mails');
  const insert = database.prepare(
    `INSERT INTO mails (local_date, state, attempts, next_attempt_at_ms, created_at_ms) VALUES (?, ?, 0, ?, ?)
     ON CONFLICT (local_date) DO NOTHING`,
  );
  const dates = database.prepare('SELECT local_date FROM mails');
  const waiting = database.prepare("SELECT * FROM mails WHERE state = 'waiting' ORDER BY local_date");
  const beginAttempt = database.prepare(
    'UPDATE mails SET attempts = attempts + 1, next_attempt_at_ms = ? WHERE local_date = ?',
  );
  const sent = database.prepare(
    "UPDATE mails SET state = 'sent', sent_at_ms = ?, reason = ? WHERE local_date = ?",
  );
  const failed = database.prepare('UPDATE mails SET state = ?, reason = ? WHERE local_date = ?');
  const latest = database.prepare(
    "SELECT * FROM mails WHERE state <> 'not-owed' ORDER BY local_date DESC LIMIT 1",
  );
  return {
    begin(lastDate, nowMs) {
      const row = since.get();
      // A first start in the future was that of a wrong clock.
      if (row !== undefined && row.ms !== null && number(row, 'ms') <= nowMs) return number(row, 'ms');
      insert.run(lastDate, 'not-owed', nowMs, nowMs);
      return nowMs;
    },
    dates: () => new Set(dates.all().map((row) => text(row, 'local_date'))),
    owe: (localDate, nowMs) => void insert.run(localDate, 'waiting', nowMs, nowMs),
    waiting: () => waiting.all().map(storedMail),
    beginAttempt: (localDate, nextAttemptAtMs) => void beginAttempt.run(nextAttemptAtMs, localDate),
    noteSent: (localDate, nowMs, reason) => void sent.run(nowMs, reason, localDate),
    noteFailure: (localDate, reason, final) =>
      void failed.run(final ? 'given-up' : 'waiting', reason, localDate),
    latest() {
      const row = latest.get();
      return row && storedMail(row);
    },
  };
}

function storedMail(row: Row): StoredMail {
  return {
    localDate: text(row, 'local_date'),
    state: word(row, 'state', states),
    attempts: number(row, 'attempts'),
    nextAttemptAtMs: number(row, 'next_attempt_at_ms'),
    reason: nullableText(row, 'reason'),
  };
}
