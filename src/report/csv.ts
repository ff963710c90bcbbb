import { open, rename } from 'node:fs/promises';

export type CsvValue = string | number | boolean | null;

/** A column: its name, with its unit, and its value in a row. */
export type CsvColumn<Row> = readonly [name: string, value: (row: Row) => CsvValue];

/** Writes a table as RFC 4180 asks; a reader never sees half of one, and memory holds a block of it at most. */
export async function writeCsv<Row>(
  path: string,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  const file = await open(`${path}.partial`, 'w');
  try {
    let block = `${columns.map(([name]) => csvCell(name)).join(',')}\n`;
    for (const row of rows) {
      block += `${columns.map(([, value]) => csvCell(value(row))).join(',')}\n`;
      if (block.length < 65_536) continue;
      await file.write(block); // and let the thread breathe between blocks
      block = '';
    }
    await file.write(block);
  } finally {
    await file.close();
  }
  await rename(`${path}.partial`, path);
}

/** Six significant digits: finer than any pixel. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/**
 * Quoted where it needs to be. Text that a spreadsheet would run as a formula, such as a file's name or time,
 * stays text by an apostrophe before it; numbers keep their sign.
 */
export function csvCell(value: CsvValue): string {
  const given = String(value ?? '');
  // White space before it does not hinder a spreadsheet; full-width signs count as signs there.
  const isFormula =
    typeof value === 'string' && /^[\s\0\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(given);
  const text = isFormula ? `'${given}` : given;
  return /[",;\n\r\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
