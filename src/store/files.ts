import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { number, type Row, text } from './row.ts';

/** A file as it was when its content was last hashed. */
export interface KnownFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Of the system (ctime); undefined where an older version remembered the file. */
  readonly changedAtMs?: number | undefined;
  readonly contentHash: string;
}

/** Which content lay at which path: what is unchanged since need not be hashed again. */
export interface Files {
  get(path: string): KnownFile | undefined;
  put(file: KnownFile): void;
  /** What lies beside a path under its name with another ending, as `a.jpg` beside `a.tif`. */
  besides(path: string): KnownFile[];
  /** Another path where this content lay. */
  otherPathOf(contentHash: string, path: string): string | undefined;
  /** The file was deleted; its tile stays. */
  forget(path: string): void;
  /** How many are remembered below a folder. */
  countIn(folder: string): number;
}

export function createFiles(database: DatabaseSync): Files {
  const get = database.prepare('SELECT * FROM files WHERE path = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO files (path, size_bytes, modified_at_ms, changed_at_ms, content_hash) VALUES (?, ?, ?, ?, ?)',
  );
  const besides = database.prepare('SELECT * FROM files WHERE path >= ? AND path < ? AND path <> ?');
  const other = database.prepare('SELECT path FROM files WHERE content_hash = ? AND path <> ? LIMIT 1');
  const forget = database.prepare('DELETE FROM files WHERE path = ?');
  const count = database.prepare('SELECT count(*) AS files FROM files WHERE path >= ? AND path < ?');
  return {
    get(path) {
      const row = get.get(path);
      return row && knownFile(row);
    },
    besides(path) {
      const stem = path.slice(0, path.length - extname(path).length);
      // All paths that begin with the name and a dot: the slash is the character after it.
      return besides.all(`${stem}.`, `${stem}/`, path).map(knownFile);
    },
    put: ({ path, sizeBytes, modifiedAtMs, changedAtMs, contentHash }) =>
      void put.run(path, sizeBytes, modifiedAtMs, changedAtMs ?? null, contentHash),
    otherPathOf(contentHash, path) {
      const row = other.get(contentHash, path);
      return row && text(row, 'path');
    },
    forget: (path) => void forget.run(path),
    // All paths that begin with the folder and a slash: 0 is the character after it.
    countIn: (folder) => number(count.get(`${folder}/`, `${folder}0`), 'files'),
  };
}

function knownFile(row: Row): KnownFile {
  return {
    path: text(row, 'path'),
    sizeBytes: number(row, 'size_bytes'),
    modifiedAtMs: number(row, 'modified_at_ms'),
    changedAtMs: row.changed_at_ms === null ? undefined : number(row, 'changed_at_ms'),
    contentHash: text(row, 'content_hash'),
  };
}
