import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Cell, Column } from '../../../src/report/tables/column.ts';
import { csvCell, csvText, openCsv } from '../../../src/report/tables/csv-file.ts';

const german = { separator: ';', decimalMark: ',' } as const;

function column(name: string, value: (row: number) => Cell): Column<number> {
  return { name, kind: 'text', unit: '', description: '', source: '', value };
}

async function written(columns: Column<number>[], rows: Iterable<number>, dialect?: typeof german) {
  const folder = mkdtempSync(join(tmpdir(), 'particled-csv-'));
  const table = await openCsv(join(folder, 'a.csv'), columns, dialect);
  await table.write(rows);
  expect(readdirSync(folder)).toEqual(['a.csv.partial']);
  await table.close();
  expect(readdirSync(folder)).toEqual(['a.csv']);
  return readFileSync(join(folder, 'a.csv'));
}

it('a table is written as RFC 4180 asks, whole, however long it is', async () => {
  const bytes = await written(
    [
      column('name', (i) => `a, "b" ${i}`),
      column('areaUm2', (i) => i / 4),
      column('none', () => null),
      column('certain', (i) => i % 2 === 0),
      column('seenAt', (i) => new Date(1000 * i)),
    ],
    new Array(5000).keys(),
  );
  const lines = bytes.toString('utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(5001);
  expect(lines[0]).toBe('name,areaUm2,none,certain,seenAt');
  expect(lines[1]).toBe('"a, ""b"" 0",0,,true,1970-01-01T00:00:00.000Z');
  expect(lines[5000]).toBe('"a, ""b"" 4999",1249.75,,false,1970-01-01T01:23:19.000Z');
});

it('a byte order mark stands where there is more than ASCII, once, and nowhere else', async () => {
  const [plain, marked] = await Promise.all(
    ['um', 'µm'].map((text) =>
      written([column('name', (i) => (i === 70_000 ? text : 'a'))], new Array(70_001).keys()),
    ),
  );
  expect(plain!.subarray(0, 4).toString('latin1')).toBe('name');
  expect([...marked!.subarray(0, 7)]).toEqual([0xef, 0xbb, 0xbf, ...Buffer.from('name')]);
  expect(marked!.subarray(7).includes(Buffer.from('\uFEFF'))).toBe(false);
  expect(marked!.toString('utf8').trimEnd().endsWith('µm')).toBe(true);
  expect(csvText([column('name', () => 'µm')], [1])).toBe('\uFEFFname\r\nµm\r\n');
});

it('a German Excel finds semicolons and decimal commas', async () => {
  const columns = [
    column('areaUm2', (i) => i + 0.5),
    column('name', () => 'a;b'),
    column('d50Um', () => -1e-7),
  ];
  expect((await written(columns, [1], german)).toString()).toBe('areaUm2;name;d50Um\r\n1,5;"a;b";-1e-7\r\n');
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
      const fields = fieldsOf([first, second].map((text) => csvCell(text)).join(','));
      expect(fields).toHaveLength(2);
      for (const [i, given] of [first, second].entries()) {
        expect(fields[i]).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r]/);
        expect(fields[i] === given || fields[i] === `'${given}`).toBe(true);
      }
    }),
  );
  expect([-1.5, null, true].map((value) => csvCell(value))).toEqual(['-1.5', '', 'true']);
});
