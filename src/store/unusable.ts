import type { DatabaseSync } from 'node:sqlite';
import { belongsToRun, type RunKey } from '../grid/run-key.ts';
import type { Enqueue, OutboxMessage } from './outbox.ts';
import { json, number, type Row, text, truth } from './row.ts';
import { transaction } from './transaction.ts';

/** A file that was set aside: what it was like then, and why. */
export interface UnusableFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** A word of `UnusableFileCode`. */
  readonly code: string;
  readonly reason: string;
  readonly mayRecover: boolean;
  /** Of an image that can be read and is no tile of the run that it came beside. */
  readonly keptOut?: KeptOut | undefined;
}

export interface KeptOut {
  /** The run that it came beside; null before there is one. */
  readonly runId: number | null;
  /** What the run would have in common with it. */
  readonly key: RunKey;
}

export interface UnusableFiles {
  /**
   * Lists the file and announces it, in one transaction.
   * @returns false, with nothing done, when it stands there already with the same code, size and time
   */
  setAside(file: UnusableFile, message: OutboxMessage): boolean;
  /** Takes the path off the list; `Tiles.noteSeen` does it by itself. */
  forget(path: string): void;
  get(path: string): UnusableFile | undefined;
  /** The whole list, latest first. */
  all(): UnusableFile[];
  /** So many of it, latest first. */
  latest(limit: number): UnusableFile[];
  /** How many are on it. */
  count(): number;
  /**
   * The list by causes, the largest first.
   * @param limit files of each cause that are given with it
   * @param sinceMs only files that were set aside since then
   */
  groups(limit: number, sinceMs?: number): UnusableGroup[];
  /** The images that were kept out of a run, by causes as above. */
  groupsBesideRun(runId: number, limit: number): UnusableGroup[];
  /** Images of the run's folder, label and instrument that came before it count as kept out of it. */
  adopt(run: RunKey & { readonly id: number }): void;
  /** Images of another magnification than the run's neighbours that have the run's: they are its tiles. */
  withMagnificationOf(run: RunKey): string[];
}

/** Files that were set aside for one cause. */
export interface UnusableGroup {
  readonly code: string;
  readonly count: number;
  /** The first of them by their paths. */
  readonly first: readonly UnusableFile[];
}

export function createUnusableFiles(database: DatabaseSync, enqueue: Enqueue): UnusableFiles {
  const put = database.prepare(
    `INSERT INTO unusable_files (path, size_bytes, modified_at_ms, code, reason, may_recover, at_ms, kept_out_of, run_key)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET
       (size_bytes, modified_at_ms, code, reason, may_recover, at_ms, kept_out_of, run_key) =
       (excluded.size_bytes, excluded.modified_at_ms, excluded.code, excluded.reason, excluded.may_recover,
        excluded.at_ms, excluded.kept_out_of, excluded.run_key)
     WHERE (size_bytes, modified_at_ms, code) <> (excluded.size_bytes, excluded.modified_at_ms, excluded.code)`,
  );
  const forget = database.prepare('DELETE FROM unusable_files WHERE path = ?');
  const get = database.prepare('SELECT * FROM unusable_files WHERE path = ?');
  const all = database.prepare('SELECT * FROM unusable_files ORDER BY at_ms DESC, path');
  const latest = database.prepare('SELECT * FROM unusable_files ORDER BY at_ms DESC, path LIMIT ?');
  const count = database.prepare("SELECT counted FROM row_counts WHERE what = 'unusable_files'");
  const groups = database.prepare(
    'SELECT code, count(*) AS files FROM unusable_files GROUP BY code ORDER BY files DESC, code',
  );
  const firstOf = database.prepare('SELECT * FROM unusable_files WHERE code = ? ORDER BY path LIMIT ?');
  // By their time, as those of the last day are asked for again and again.
  const groupsSince = database.prepare(
    `SELECT code, count(*) AS files FROM unusable_files INDEXED BY unusable_by_time
     WHERE at_ms >= ? GROUP BY code ORDER BY files DESC, code`,
  );
  const firstSince = database.prepare(
    `SELECT * FROM unusable_files INDEXED BY unusable_by_time
     WHERE code = ? AND at_ms >= ? ORDER BY path LIMIT ?`,
  );
  const groupsOfRun = database.prepare(
    'SELECT code, count(*) AS files FROM unusable_files WHERE kept_out_of = ? GROUP BY code ORDER BY files DESC, code',
  );
  const firstOfRun = database.prepare(
    'SELECT * FROM unusable_files WHERE code = ? AND kept_out_of = ? ORDER BY path LIMIT ?',
  );
  const sameOrigin = `run_key ->> 'folder' = ? AND run_key ->> 'sampleLabel' = ? AND run_key ->> 'instrumentId' = ?`;
  const adopt = database.prepare(
    `UPDATE unusable_files SET kept_out_of = ? WHERE run_key IS NOT NULL AND kept_out_of IS NULL AND ${sameOrigin}`,
  );
  const otherMagnifications = database.prepare(
    `SELECT * FROM unusable_files
     WHERE code = 'other-magnification' AND run_key IS NOT NULL AND ${sameOrigin} ORDER BY at_ms, path`,
  );
  const groupOf = (row: Row, first: (code: string) => Row[]): UnusableGroup => {
    const code = text(row, 'code');
    return { code, count: number(row, 'files'), first: first(code).map(unusableFile) };
  };
  return {
    setAside: (file, message) =>
      transaction(database, () => {
        const { path, sizeBytes, modifiedAtMs, code, reason, mayRecover, keptOut } = file;
        const facts = [path, sizeBytes, modifiedAtMs, code, reason, Number(mayRecover), Date.now()];
        const key = keptOut ? JSON.stringify(keptOut.key) : null;
        const isNews = put.run(...facts, keptOut?.runId ?? null, key).changes === 1;
        if (isNews) enqueue([message]);
        return isNews;
      }),
    forget: (path) => void forget.run(path),
    get(path) {
      const row = get.get(path);
      return row && unusableFile(row);
    },
    all: () => all.all().map(unusableFile),
    latest: (limit) => latest.all(limit).map(unusableFile),
    count: () => number(count.get(), 'counted'),
    groups: (limit, sinceMs) =>
      sinceMs === undefined
        ? groups.all().map((row) => groupOf(row, (code) => firstOf.all(code, limit)))
        : groupsSince.all(sinceMs).map((row) => groupOf(row, (code) => firstSince.all(code, sinceMs, limit))),
    groupsBesideRun: (runId, limit) =>
      groupsOfRun.all(runId).map((row) => groupOf(row, (code) => firstOfRun.all(code, runId, limit))),
    adopt: ({ id, ...key }) => void adopt.run(id, ...originOf(key)),
    withMagnificationOf: (run) =>
      otherMagnifications
        .all(...originOf(run))
        .map(unusableFile)
        .flatMap(({ path, keptOut }) => (keptOut && belongsToRun(run, keptOut.key) ? [path] : [])),
  };
}

function originOf({ folder, sampleLabel, instrumentId }: RunKey): [string, string, string] {
  return [folder, sampleLabel, instrumentId];
}

function unusableFile(row: Row): UnusableFile {
  return {
    path: text(row, 'path'),
    sizeBytes: number(row, 'size_bytes'),
    modifiedAtMs: number(row, 'modified_at_ms'),
    code: text(row, 'code'),
    reason: text(row, 'reason'),
    mayRecover: truth(row, 'may_recover'),
    keptOut: row.run_key === null ? undefined : { runId: runIdOf(row), key: json(row, 'run_key') as RunKey },
  };
}

function runIdOf(row: Row): number | null {
  return row.kept_out_of === null ? null : number(row, 'kept_out_of');
}
