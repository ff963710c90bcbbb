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

/** Quoted where it needs to be. */
export function csvCell(value: CsvValue): string {
  const text = String(value ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
