import type { DatabaseSync } from 'node:sqlite';
import { number, text } from './row.ts';

/** What drives the walk: damage in it is found before anything is written. */
const DRIVING_TABLES = ['runs', 'tiles', 'files', 'outbox', 'unusable_files', 'mails'] as const;
/** They grow to gigabytes, which no start waits for. */
const LARGE_TABLES = ['particles', 'summaries'] as const;
/** Nor for a table that has more rows than this, of some 70 samples: it is read through with the large ones. */
export const ROWS_CHECKED_MOST = 20_000;

export type CheckMoment = 'at the opening' | 'beside the daemon';

/**
 * Reads tables through: at the opening the short ones that drive the walk, the others beside the daemon.
 * @returns the first table that is damaged, and how; null where none is
 */
export function damagedTable(
  database: DatabaseSync,
  moment: CheckMoment,
  rowsMost = ROWS_CHECKED_MOST,
): string | null {
  const isLong = (table: string): boolean => rowsOf(database, table) > rowsMost;
  const tables =
    moment === 'at the opening'
      ? DRIVING_TABLES.filter((table) => !isLong(table))
      : [...DRIVING_TABLES.filter(isLong), ...LARGE_TABLES];
  for (const table of tables) {
    const found = text(database.prepare(`PRAGMA quick_check('${table}')`).get(), 'quick_check');
    if (found !== 'ok') return `table ${table}: ${found}`;
  }
  return null;
}

/** At most so many: from its ends, as counting them would read all. */
function rowsOf(database: DatabaseSync, table: string): number {
  const end = (which: 'min' | 'max'): string => `coalesce((SELECT ${which}(rowid) FROM ${table}), 0)`;
  return number(database.prepare(`SELECT ${end('max')} - ${end('min')} AS rows`).get(), 'rows');
}
