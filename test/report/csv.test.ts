import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CsvColumn, rounded, writeCsv } from '../../src/report/csv.ts';

it('a table is written as RFC 4180 asks, whole, however long it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'particled-csv-'));
  const columns: CsvColumn<number>[] = [
    ['name', (i) => `a, "b" ${i}`],
    ['areaUm2', (i) => rounded(i / 3)],
    ['none', () => null],
    ['certain', (i) => i % 2 === 0],
  ];
  await writeCsv(join(folder, 'a.csv'), columns, new Array(5000).keys());
  const lines = readFileSync(join(folder, 'a.csv'), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(5001);
  expect(lines[0]).toBe('name,areaUm2,none,certain');
  expect(lines[1]).toBe('"a, ""b"" 0",0,,true');
  expect(lines[5000]).toBe('"a, ""b"" 4999",1666.33,,false'); // 4999 / 3 to six digits
  expect(readdirSync(folder)).toEqual(['a.csv']);
});
