import type { DatabaseSync } from 'node:sqlite';
import type { Enqueue, OutboxMessage } from './outbox.ts';
import { number, type Row, text, truth } from './row.ts';
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
  /**
   * The list by causes, the largest first.
   * @param limit files of each cause that are given with it
   * @param sinceMs only files that were set aside since then
   */
  groups(limit: number, sinceMs?: number): UnusableGroup[];
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
    `INSERT INTO unusable_files (path, size_bytes, modified_at_ms, code, reason, may_recover, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET (size_bytes, modified_at_ms, code, reason, may_recover, at_ms) =
       (excluded.size_bytes, excluded.modified_at_ms, excluded.code, excluded.reason, excluded.may_recover,
        excluded.at_ms)
     WHERE (size_bytes, modified_at_ms, code) <> (excluded.size_bytes, excluded.modified_at_ms, excluded.code)`,
  );
  const forget = database.prepare('DELETE FROM unusable_files WHERE path = ?');
  const get = database.prepare('SELECT * FROM unusable_files WHERE path = ?');
  const all = database.prepare('SELECT * FROM unusable_files ORDER BY at_ms DESC, path');
  const groups = database.prepare(
    'SELECT code, count(*) AS files FROM unusable_files WHERE at_ms >= ? GROUP BY code ORDER BY files DESC, code',
  );
  const firstOf = database.prepare(
    'SELECT * FROM unusable_files WHERE code = ? AND at_ms >= ? ORDER BY path LIMIT ?',
  );
  return {
    setAside: (file, message) =>
      transaction(database, () => {
        const { path, sizeBytes, modifiedAtMs, code, reason, mayRecover } = file;
        const facts = [path, sizeBytes, modifiedAtMs, code, reason, Number(mayRecover), Date.now()];
        const isNews = put.run(...facts).changes === 1;
        if (isNews) enqueue([message]);
        return isNews;
      }),
    forget: (path) => void forget.run(path),
    get(path) {
      const row = get.get(path);
      return row && unusableFile(row);
    },
    all: () => all.all().map(unusableFile),
    groups: (limit, sinceMs = 0) =>
      groups.all(sinceMs).map((row) => {
        const code = text(row, 'code');
        const first = firstOf.all(code, sinceMs, limit).map(unusableFile);
        return { code, count: number(row, 'files'), first };
      }),
  };
}

function unusableFile(row: Row): UnusableFile {
  return {
    path: text(row, 'path'),
    sizeBytes: number(row, 'size_bytes'),
    modifiedAtMs: number(row, 'modified_at_ms'),
    code: text(row, 'code'),
    reason: text(row, 'reason'),
    mayRecover: truth(row, 'may_recover'),
  };
}
