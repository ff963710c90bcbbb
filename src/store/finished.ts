import type { DatabaseSync } from 'node:sqlite';
import { json, number, type Row, text } from './row.ts';

/** A run's result as it stood at some time. */
export interface FinishedRun {
  readonly runId: number;
  readonly sampleId: string;
  /** The run's name in topics. */
  readonly runName: string;
  readonly revision: number;
  /** The published payload without its sequence number. */
  readonly payload: unknown;
}

/** Final summaries by the time they were made; of each run the last revision of the time that is asked for. */
export interface Finished {
  /** Runs with a final summary made at or after `from` and before `to`, in the order of those. */
  between(from: Date, to: Date): FinishedRun[];
  /** The `limit` runs that finished last before `to`, oldest first. */
  lastBefore(to: Date, limit: number): FinishedRun[];
  /** The run's last result before `to`. */
  ofRun(runId: number, to: Date): FinishedRun | undefined;
  /** The run of the same sample that finished last before `to`, run `runId` left out. */
  previousOfSample(sampleId: string, runId: number, to: Date): FinishedRun | undefined;
}

export function createFinished(database: DatabaseSync): Finished {
  const at = "json_extract(summaries.payload, '$.at')";
  // SQLite takes the bare columns beside max() from the row that holds the maximum.
  const lastRevision = (where: string): string =>
    `SELECT run_id, sample_id, name, max(summaries.revision) AS revision, payload, ${at} AS made_at
     FROM summaries JOIN runs ON runs.id = run_id
     WHERE summaries.state <> 'filling' AND ${where} GROUP BY run_id`;
  const between = database.prepare(`${lastRevision(`${at} >= ? AND ${at} < ?`)} ORDER BY made_at, run_id`);
  // Newest first through the index, so that only the runs asked for are read, however many there are.
  const newest = database.prepare(
    `SELECT run_id FROM summaries WHERE state <> 'filling' AND ${at} < ? ORDER BY ${at} DESC`,
  );
  const lastOfRun = database.prepare(lastRevision(`run_id = ? AND ${at} < ?`));
  // Through an index that knows the times: payloads of other runs are not read.
  const previous = database.prepare(
    `SELECT run_id FROM runs CROSS JOIN summaries ON run_id = runs.id
     WHERE sample_id = ? AND run_id <> ? AND summaries.state <> 'filling' AND ${at} < ? ORDER BY ${at} DESC LIMIT 1`,
  );
  return {
    between: (from, to) => between.all(from.toISOString(), to.toISOString()).map(finishedRun),
    lastBefore(to, limit) {
      const runIds = new Set<number>();
      for (const row of newest.iterate(to.toISOString())) {
        runIds.add(number(row, 'run_id'));
        if (runIds.size === limit) break;
      }
      return [...runIds].reverse().map((runId) => finishedRun(lastOfRun.get(runId, to.toISOString())));
    },
    ofRun(runId, to) {
      const row = lastOfRun.get(runId, to.toISOString());
      return row && finishedRun(row);
    },
    previousOfSample(sampleId, runId, to) {
      const row = previous.get(sampleId, runId, to.toISOString());
      return row && finishedRun(lastOfRun.get(number(row, 'run_id'), to.toISOString()));
    },
  };
}

function finishedRun(row: Row | undefined): FinishedRun {
  return {
    runId: number(row, 'run_id'),
    sampleId: text(row, 'sample_id'),
    runName: text(row, 'name'),
    revision: number(row, 'revision'),
    payload: json(row ?? {}, 'payload'),
  };
}
