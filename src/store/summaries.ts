import type { DatabaseSync } from 'node:sqlite';
import type { RunState } from '../grid/coverage.ts';
import type { Enqueue, OutboxMessage } from './outbox.ts';
import { json, number, type Row, text, word } from './row.ts';
import { runStates } from './runs.ts';
import { transaction } from './transaction.ts';

export interface StoredSummary {
  readonly revision: number;
  readonly state: RunState;
  /** The published payload without its sequence number. */
  readonly payload: unknown;
}

export interface Summaries {
  /**
   * Saves the run's next revision and its message, and sets the run's state, in one transaction.
   * `compose` is given the revision to write into the message. Partial summaries before it are forgotten: there are
   * hundreds of them in a run, and the new one supersedes them all.
   * @param before messages that go before it
   * @returns the revision: the run's previous one + 1
   */
  save(
    runId: number,
    state: RunState,
    compose: (revision: number) => OutboxMessage,
    before?: readonly OutboxMessage[],
  ): number;
  /** The latest revision holds as it is: sets the run's state, and adds `messages`, in one transaction. */
  confirm(runId: number, state: RunState, messages: readonly OutboxMessage[]): void;
  /** Whether the run has ever had a final revision. */
  hasFinal(runId: number): boolean;
  /** The revision that supersedes all others of its run. */
  latest(runId: number): StoredSummary | undefined;
  /** All that are kept of a run, the latest first. */
  ofRun(runId: number): StoredSummary[];
  /**
   * Puts the latest revisions of the newest runs into the outbox again, the oldest run first, for a broker that
   * keeps none of them any more; those whose topic has a message waiting are left out.
   * @returns how many
   */
  publishAgain(runs: number, topicOf: (run: RunNames) => string): number;
}

/** A run by its ids in topics. */
export interface RunNames {
  readonly sampleId: string;
  readonly name: string;
}

export function createSummaries(database: DatabaseSync, enqueue: Enqueue): Summaries {
  const advance = database.prepare(
    'UPDATE runs SET revision = revision + 1, state = ? WHERE id = ? RETURNING revision',
  );
  const setState = database.prepare('UPDATE runs SET state = ? WHERE id = ?');
  const insert = database.prepare(
    'INSERT INTO summaries (run_id, revision, state, payload) VALUES (?, ?, ?, ?)',
  );
  const forgetPartial = database.prepare(
    "DELETE FROM summaries WHERE run_id = ? AND revision < ? AND state = 'filling'",
  );
  const latest = database.prepare('SELECT * FROM summaries WHERE run_id = ? ORDER BY revision DESC LIMIT 1');
  const all = database.prepare('SELECT * FROM summaries WHERE run_id = ? ORDER BY revision DESC');
  const final = database.prepare("SELECT 1 FROM summaries WHERE run_id = ? AND state <> 'filling' LIMIT 1");
  const newest = database.prepare(
    `SELECT sample_id, name, payload FROM summaries JOIN runs ON id = run_id AND runs.revision = summaries.revision
     ORDER BY id DESC LIMIT ?`,
  );
  const waiting = database.prepare('SELECT DISTINCT topic FROM outbox WHERE retain');
  return {
    save: (runId, state, compose, before = []) =>
      transaction(database, () => {
        const revision = number(advance.get(state, runId), 'revision');
        const message = compose(revision);
        insert.run(runId, revision, state, JSON.stringify(message.payload));
        forgetPartial.run(runId, revision);
        enqueue([...before, message]);
        return revision;
      }),
    confirm: (runId, state, messages) =>
      transaction(database, () => {
        setState.run(state, runId);
        enqueue(messages);
      }),
    publishAgain: (runs, topicOf) =>
      transaction(database, () => {
        const messages: OutboxMessage[] = [];
        const waitingTopics = new Set(waiting.all().map((row) => text(row, 'topic')));
        for (const row of newest.all(runs).reverse()) {
          const topic = topicOf({ sampleId: text(row, 'sample_id'), name: text(row, 'name') });
          if (waitingTopics.has(topic)) continue;
          messages.push({ topic, retain: true, payload: json(row, 'payload') as object });
        }
        enqueue(messages);
        return messages.length;
      }),
    hasFinal: (runId) => final.get(runId) !== undefined,
    latest(runId) {
      const row = latest.get(runId);
      return row && storedSummary(row);
    },
    ofRun: (runId) => all.all(runId).map(storedSummary),
  };
}

function storedSummary(row: Row): StoredSummary {
  return {
    revision: number(row, 'revision'),
    state: word(row, 'state', runStates),
    payload: json(row, 'payload'),
  };
}
