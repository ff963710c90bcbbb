import { isAscii } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Cell, Column, TableFile } from './column.ts';

/** How a program expects tables as text; a German Excel a semicolon and a comma. */
export interface CsvDialect {
  readonly separator: ',' | ';' | '\t';
  readonly decimalMark: '.' | ',';
}

export const standardCsv: CsvDialect = { separator: ',', decimalMark: '.' };

const BYTE_ORDER_MARK = '\uFEFF';
const BLOCK_LENGTH = 65_536;

/**
 * A table as RFC 4180 asks, in UTF-8. It begins with a byte order mark where it holds more than ASCII, since Excel
 * misreads it otherwise. Memory holds a block of it at most.
 */
export async function openCsv<Row>(
  path: string,
  columns: readonly Column<Row>[],
  dialect: CsvDialect = standardCsv,
): Promise<TableFile<Row>> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  let isPlain = true;
  const put = async (block: string): Promise<void> => {
    const bytes = Buffer.from(block);
    isPlain &&= isAscii(bytes);
    await writeAll(file, bytes); // and let the thread breathe between blocks
  };
  await put(headerLine(columns, dialect));
  return {
    async write(rows) {
      let block = '';
      for (const row of rows) {
        block += csvLine(columns, row, dialect);
        if (block.length < BLOCK_LENGTH) continue;
        await put(block);
        block = '';
      }
      await put(block);
    },
    async close() {
      await file.close();
      if (!isPlain) await markByteOrder(partial);
      await rename(partial, path);
    },
    async abandon() {
      await file.close();
      await rm(partial, { force: true });
    },
  };
}

/** The same as text, for a small table. */
export function csvText<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  dialect: CsvDialect = standardCsv,
): string {
  const text = headerLine(columns, dialect) + rows.map((row) => csvLine(columns, row, dialect)).join('');
  return isAscii(Buffer.from(text)) ? text : `${BYTE_ORDER_MARK}${text}`;
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

/** Only at the end is it known that the mark is needed: the file is copied behind one. */
async function markByteOrder(path: string): Promise<void> {
  const marked = createWriteStream(`${path}.marked`);
  marked.write(BYTE_ORDER_MARK);
  await pipeline(createReadStream(path), marked);
  await rename(`${path}.marked`, path);
}

function headerLine<Row>(columns: readonly Column<Row>[], { separator }: CsvDialect): string {
  return `${columns.map(({ name }) => name).join(separator)}\r\n`;
}

function csvLine<Row>(columns: readonly Column<Row>[], row: Row, dialect: CsvDialect): string {
  return `${columns.map(({ value }) => csvCell(value(row), dialect)).join(dialect.separator)}\r\n`;
}

/**
 * Quoted where it needs to be. Text that a spreadsheet would run as a formula, such as a file's name or time,
 * stays text by an apostrophe before it; numbers keep their sign.
 */
export function csvCell(value: Cell, dialect: CsvDialect = standardCsv): string {
  if (typeof value === 'string') return textCell(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'number') return String(value ?? '');
  const text = dialect.decimalMark === ',' ? String(value).replace('.', ',') : String(value);
  return text.includes(dialect.separator) ? `"${text}"` : text;
}

function textCell(given: string): string {
  // White space before it does not hinder a spreadsheet; full-width signs count as signs there.
  const isFormula = /^[\s\0\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(given);
  const text = isFormula ? `'${given}` : given;
  return /[",;\n\r\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
