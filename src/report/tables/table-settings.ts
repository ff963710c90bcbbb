import type { Config } from '../../config/schema.ts';
import type { CsvDialect } from './csv-file.ts';
import type { TableFormat } from './run-tables.ts';

/** How a sample's tables are kept. */
export type TableSettings = Pick<Config['report'], 'tables' | 'csvSeparator' | 'csvDecimalMark'>;

export function tableFormats({ tables }: TableSettings): readonly TableFormat[] {
  return tables === 'both' ? ['csv', 'parquet'] : [tables];
}

export function csvDialect({ csvSeparator, csvDecimalMark }: Omit<TableSettings, 'tables'>): CsvDialect {
  const separators = { comma: ',', semicolon: ';', tab: '\t' } as const;
  return { separator: separators[csvSeparator], decimalMark: csvDecimalMark === 'comma' ? ',' : '.' };
}
