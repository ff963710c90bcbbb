import type { DatabaseSync } from 'node:sqlite';
import { nullableText, number, text } from './row.ts';
import { transaction } from './transaction.ts';

/** How a model's known answer came out at some time. */
export interface StoredModelCheck {
  readonly atMs: number;
  readonly model: string;
  readonly arithmetic: string;
  /** Particles, areas, scores against the known ones; null where the model brings no answer. */
  readonly figures: string | null;
  /** Why the model computes otherwise than it should; null where it does not. */
  readonly deviation: string | null;
}

/** The history of the known answers, one row a model and night. */
export interface ModelChecks {
  record(atMs: number, checks: readonly Omit<StoredModelCheck, 'atMs'>[]): void;
  /** Latest first. */
  latest(limit: number): StoredModelCheck[];
}

const KEPT_MS = 2 * 365 * 86_400_000;

export function createModelChecks(database: DatabaseSync): ModelChecks {
  const insert = database.prepare(
    'INSERT INTO model_checks (at_ms, model, arithmetic, figures, deviation) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM model_checks WHERE at_ms < ?');
  const latest = database.prepare('SELECT * FROM model_checks ORDER BY at_ms DESC, model LIMIT ?');
  return {
    record: (atMs, checks) =>
      transaction(database, () => {
        forget.run(atMs - KEPT_MS);
        for (const { model, arithmetic, figures, deviation } of checks)
          insert.run(atMs, model, arithmetic, figures, deviation);
      }),
    latest: (limit) =>
      latest.all(limit).map((row) => ({
        atMs: number(row, 'at_ms'),
        model: text(row, 'model'),
        arithmetic: text(row, 'arithmetic'),
        figures: nullableText(row, 'figures'),
        deviation: nullableText(row, 'deviation'),
      })),
  };
}
