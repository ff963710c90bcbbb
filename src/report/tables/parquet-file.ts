import { rename, rm } from 'node:fs/promises';
import { type ColumnSource, fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, Column, ColumnKind, TableFile } from './column.ts';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** Rows that are encoded together: some megabytes of memory. */
const GROUP_ROWS = 20_000;

/**
 * A table as Apache Parquet: typed columns, Snappy; what each column is stands in the file too, under the key
 * `particled.columns`. Memory holds a group of rows at most.
 */
export function openParquet<Row>(path: string, columns: readonly Column<Row>[]): TableFile<Row> {
  const partial = `${path}.partial`;
  const writer = new ParquetWriter({
    writer: fileWriter(partial),
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(
        ({ name, kind }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...types[kind] }),
      ),
    ],
    createdBy: 'particled',
    kvMetadata: [
      {
        key: 'particled.columns',
        value: JSON.stringify(columns.map(({ name, unit, description }) => ({ name, unit, description }))),
      },
    ],
  });
  let group = columns.map((): Cell[] => []);
  const flush = async (): Promise<void> => {
    const rows = group[0]?.length ?? 0;
    if (rows === 0) return;
    const columnData = columns.map(({ name }, at): ColumnSource => ({ name, data: group[at]! }));
    await writer.write({ columnData, rowGroupSize: rows });
    group = columns.map(() => []);
  };
  return {
    async write(rows) {
      for (const row of rows) {
        for (const [at, { value }] of columns.entries()) group[at]!.push(value(row));
        if (group[0]!.length === GROUP_ROWS) await flush();
      }
    },
    async close() {
      await flush();
      await writer.finish();
      await rename(partial, path);
    },
    abandon: () => rm(partial, { force: true }),
  };
}

const types: Readonly<Record<ColumnKind, Partial<SchemaElement>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  count: { type: 'INT32' },
  truth: { type: 'BOOLEAN' },
  time: {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
};
