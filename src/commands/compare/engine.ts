import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** DuckDB, over Parquet files. */
export interface Engine {
  /** Rows of an answer; whole numbers of 64 bits are bigint. */
  rows(sql: string): Promise<Readonly<Record<string, unknown>>[]>;
  close(): void;
}

/** Beside what DuckDB itself takes; where it needs more, it goes on in a temporary folder. */
const MEMORY_LIMIT = '256MB';
const THREADS = '2';

/**
 * Loads DuckDB, which is not shipped: its 69 MB serve this one command.
 * @throws Error with what to install
 */
export async function startEngine(load = () => import('@duckdb/node-api')): Promise<Engine> {
  const { DuckDBInstance } = await load().catch((error: unknown) => {
    throw new Error(
      'particled compare reads Parquet with DuckDB, which is not installed beside particled: ' +
        'npm install --global @duckdb/node-api@1.5 (69 MB); for the Debian package with --prefix /usr (docs/archives.md)',
      { cause: error },
    );
  });
  const work = mkdtempSync(join(tmpdir(), 'particled-compare-'));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY_LIMIT,
    threads: THREADS,
    temp_directory: work,
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  return {
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS(),
    close() {
      connection.closeSync();
      instance.closeSync();
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** A text in SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
