import type { DatabaseSync } from 'node:sqlite';
import { number, type Row, text, truth } from './row.ts';

/** A message to be published, without its sequence number, which is the id that it gets here. */
export interface OutboxMessage {
  readonly topic: string;
  readonly retain: boolean;
  readonly payload: object;
}

/** A message that waits to be published; `id` is its sequence number. */
export interface OutboxRow {
  readonly id: number;
  readonly topic: string;
  readonly retain: boolean;
  /** JSON text of an object. */
  readonly payload: string;
  readonly createdAtMs: number;
}

/** What is still to be published, oldest first. A row stays until the broker has acknowledged it. */
export interface Outbox {
  /** At most `limit` rows whose id is greater than `afterId` and whose topic is not held back, ascending. */
  next(afterId: number, limit: number, heldTopics?: readonly string[]): OutboxRow[];
  /** Deletes these rows, all in one write to the disk. */
  acknowledge(ids: readonly number[]): void;
  /** Deletes all rows: there is nobody to publish to. */
  clear(): void;
  /** Rows not acknowledged. */
  depth(): number;
}

/** Adds messages inside the transaction of the result that they announce. */
export type Enqueue = (messages: readonly OutboxMessage[]) => void;

export function createOutbox(database: DatabaseSync): Outbox {
  const next = database.prepare(
    'SELECT * FROM outbox WHERE id > ? AND topic NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?',
  );
  const acknowledge = database.prepare('DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))');
  const clear = database.prepare('DELETE FROM outbox');
  const depth = database.prepare("SELECT counted AS depth FROM row_counts WHERE what = 'outbox'");
  return {
    next: (afterId, limit, heldTopics = []) =>
      next.all(afterId, JSON.stringify(heldTopics), limit).map(outboxRow),
    acknowledge: (ids) => void acknowledge.run(JSON.stringify(ids)),
    clear: () => void clear.run(),
    depth: () => number(depth.get(), 'depth'),
  };
}

export function createEnqueue(database: DatabaseSync): Enqueue {
  const insert = database.prepare(
    'INSERT INTO outbox (topic, retain, payload, created_at_ms) VALUES (?, ?, ?, ?)',
  );
  return (messages) => {
    for (const { topic, retain, payload } of messages) {
      insert.run(topic, Number(retain), JSON.stringify(payload), Date.now());
    }
  };
}

function outboxRow(row: Row): OutboxRow {
  return {
    id: number(row, 'id'),
    topic: text(row, 'topic'),
    retain: truth(row, 'retain'),
    payload: text(row, 'payload'),
    createdAtMs: number(row, 'created_at_ms'),
  };
}
