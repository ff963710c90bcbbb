import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import type { Cell, Column, ColumnKind } from '../../../src/report/tables/column.ts';
import { openParquet } from '../../../src/report/tables/parquet-file.ts';

function column(name: string, kind: ColumnKind, value: (row: number) => Cell): Column<number> {
  return { name, kind, unit: 'um', description: `what ${name} is`, source: '', value };
}

const columns = [
  column('name', 'text', (i) => (i === 1 ? null : `=tile ${i}`)),
  column('areaUm2', 'number', (i) => i / 3),
  column('pieceCount', 'count', (i) => i),
  column('certain', 'truth', (i) => i % 2 === 0),
  column('seenAt', 'time', (i) => new Date(1_700_000_000_000 + i)),
];

it('a Parquet table keeps every value with its type, over several groups of rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'particled-parquet-'));
  const path = join(folder, 'a.parquet');
  const table = openParquet(path, columns);
  await table.write(new Array(15_000).keys());
  await table.write(new Array(30_000).keys());
  await table.close();
  expect(readdirSync(folder)).toEqual(['a.parquet']);
  const file = await asyncBufferFromFile(path);
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(45_000);
  for (const [at, i] of [
    [1, 1],
    [14_999, 14_999],
    [44_999, 29_999],
  ] as const) {
    expect(rows[at]).toEqual({
      ...{ name: i === 1 ? null : `=tile ${i}`, areaUm2: i / 3, pieceCount: i, certain: i % 2 === 0 },
      seenAt: new Date(1_700_000_000_000 + i),
    });
  }
  const { row_groups: groups, key_value_metadata: [words] = [] } = await parquetMetadataAsync(file);
  expect(groups.map(({ num_rows }) => Number(num_rows))).toEqual([20_000, 20_000, 5_000]);
  expect(JSON.parse(words?.value ?? '')[1]).toEqual({
    ...{ name: 'areaUm2', unit: 'um', description: 'what areaUm2 is' },
  });
});

it('a Parquet table without rows has its columns all the same, and one that is abandoned leaves nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'particled-parquet-'));
  const empty = openParquet(join(folder, 'a.parquet'), columns);
  await empty.close();
  const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(join(folder, 'a.parquet')));
  expect(schema.slice(1).map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
  const other = openParquet(join(folder, 'b.parquet'), columns);
  await other.write([1]);
  await other.abandon();
  expect(readdirSync(folder)).toEqual(['a.parquet']);
});
