import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CsvColumn, csvCell, rounded, writeCsv } from '../../src/report/csv.ts';

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

/** The fields of one line as RFC 4180 has them. */
function fieldsOf(line: string): string[] {
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

const nasty = fc.oneof(
  fc.constantFrom(
    '=1+1.tif',
    '=HYPERLINK("http://x","a")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\n=1',
    '＝1',
  ),
  fc.string({ unit: 'binary' }),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ','), fc.string())
    .map((parts) => parts.join('')),
);

it('no text is run by a spreadsheet, breaks out of its cell or is lost', () => {
  fc.assert(
    fc.property(nasty, nasty, (first, second) => {
      const fields = fieldsOf([first, second].map(csvCell).join(','));
      expect(fields).toHaveLength(2);
      for (const [i, given] of [first, second].entries()) {
        expect(fields[i]).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r]/);
        expect(fields[i] === given || fields[i] === `'${given}`).toBe(true);
      }
    }),
  );
  expect([-1.5, null, true].map(csvCell)).toEqual(['-1.5', '', 'true']);
});
