import type { SQLOutputValue } from 'node:sqlite';
import { StoreError } from './store-error.ts';

/** One row as SQLite gives it: values whose types only the table's definition knows. */
export type Row = Record<string, SQLOutputValue>;

export function text(row: Row | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === 'string' ? value : mistyped(column, value, 'text');
}

export function number(row: Row | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === 'number' ? value : mistyped(column, value, 'a number');
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  return value instanceof Uint8Array ? value : mistyped(column, value, 'bytes');
}

export function truth(row: Row, column: string): boolean {
  return number(row, column) !== 0;
}

export function nullableText(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

/** One of the words that the table's CHECK allows. */
export function word<Word extends string>(row: Row, column: string, words: readonly Word[]): Word {
  const value = row[column];
  return words.find((known) => known === value) ?? mistyped(column, value, words.join(' or '));
}

/** JSON as this program wrote it; the caller says what it holds. */
export function json(row: Row, column: string): unknown {
  return JSON.parse(text(row, column));
}

function mistyped(column: string, value: SQLOutputValue | undefined, expected: string): never {
  throw new StoreError(`column ${column} holds ${String(value)}, expected ${expected}`);
}
