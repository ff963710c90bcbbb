import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { updateIndex } from '../../../src/report/samples-index/write-index.ts';
import { premises } from '../../support/premises.ts';
import { writeKept } from './kept-folder.ts';

/** Cells of the index as text, row by row. */
function rowsOf(reportFolder: string): string[][] {
  const page = readFileSync(join(reportFolder, 'index.html'), 'utf8');
  return [...page.matchAll(/<tr data-badge.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) =>
      cell!
        .replace(/<[^>]*>/g, ' ')
        .replaceAll('&nbsp;', ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );
}

const target = { d50Um: { min: 4, max: 6 }, probability: 0.95 };
const accept: NonNullable<SampleSummary['decision']> = {
  ...{ probability: 0.99, target, moreTiles: null, reason: 'it is' },
  verdict: 'accept',
};

describe('the index of all samples', () => {
  it('lists them newest first, with verdict, D50, interval, particles and when they were imaged', async () => {
    const { reportFolder } = premises();
    writeKept(reportFolder, '20260314T231209Z', { label: 'Old powder' });
    writeKept(reportFolder, '20260701T080000Z', { label: 'LiCoO2 950 °C', decision: accept });
    writeKept(reportFolder, '20260701T080000Z-2', { label: 'LiCoO2 950 °C' });
    await updateIndex(reportFolder, 'Europe/Berlin');
    const rest = ['4.90 µm 4.70 to 5.10', '80 24 of 24 tiles, 10 % uncertain'];
    expect(rowsOf(reportFolder)).toEqual([
      ['LiCoO2 950 °C LiCoO2_950_C', '1 Jul 2026, 10:00 20260701T080000Z-2', 'Precise enough', ...rest],
      ['LiCoO2 950 °C LiCoO2_950_C', '1 Jul 2026, 10:00 20260701T080000Z', 'Accept', ...rest],
      ['Old powder Old_powder', '15 Mar 2026, 00:12 20260314T231209Z', 'Precise enough', ...rest],
    ]);
    const page = readFileSync(join(reportFolder, 'index.html'), 'utf8');
    expect(page).toContain('href="LiCoO2_950_C/20260701T080000Z-2/report.html"');
  });

  it('follows what is written anew and what is taken away', async () => {
    const { reportFolder } = premises();
    const gone = writeKept(reportFolder, '20260701T080000Z', { label: 'Gone' });
    const anew = writeKept(reportFolder, '20260702T080000Z', { label: 'Anew' });
    await updateIndex(reportFolder, 'UTC');
    rmSync(gone, { recursive: true });
    writeKept(reportFolder, '20260702T080000Z', { label: 'Anew', decision: accept });
    utimesSync(join(anew, 'summary.json'), 1, 1);
    await updateIndex(reportFolder, 'UTC');
    expect(rowsOf(reportFolder).map(([name, , badge]) => [name, badge])).toEqual([['Anew', 'Accept']]);
    rmSync(anew, { recursive: true });
    await updateIndex(reportFolder, 'UTC');
    expect(rowsOf(reportFolder)).toEqual([]);
    expect(readFileSync(join(reportFolder, 'index.html'), 'utf8')).toContain('No sample is kept here.');
  });

  it('waits with a sample until its last file is there, and names one that it cannot read', async () => {
    const { reportFolder } = premises();
    mkdirSync(join(reportFolder, 'Filling', '20260701T080000Z', 'overlays'), { recursive: true });
    mkdirSync(join(reportFolder, 'nights'));
    const older = writeKept(reportFolder, '20260702T080000Z', { label: 'Older' });
    writeFileSync(join(older, 'summary.json'), '{"schema":"particled/summary/1"}');
    await updateIndex(reportFolder, 'UTC');
    expect(rowsOf(reportFolder)).toEqual([
      ['Older', '2 Jul 2026, 08:00 20260702T080000Z', 'Of another version', '–', '–'],
    ]);
  });

  it('is not made where there has never been a sample, nor where there is no folder', async () => {
    const { reportFolder } = premises();
    await updateIndex(join(reportFolder, 'missing'), 'UTC');
    await updateIndex(reportFolder, 'UTC');
    expect(existsSync(join(reportFolder, 'index.html'))).toBe(false);
  });

  it('is whole after a crash in any of its writings, and with a damaged memory of summaries', async () => {
    const { reportFolder } = premises();
    writeKept(reportFolder, '20260701T080000Z', { label: 'One' });
    // What is left of a process that was killed while it wrote.
    writeFileSync(join(reportFolder, 'index.html.partial'), '<!doctype html><ht');
    writeFileSync(join(reportFolder, '.index-cache.json'), '{"format":1,"runs":[{"sam');
    await updateIndex(reportFolder, 'UTC');
    expect(rowsOf(reportFolder)).toHaveLength(1);
    expect(readdirSync(reportFolder).sort()).toEqual(['.index-cache.json', 'One', 'index.html']);
  });

  it('ends with the last state of the folder when many ask at once', async () => {
    const { reportFolder } = premises();
    const updates = Array.from({ length: 5 }, (_, i) => {
      writeKept(reportFolder, `2026070${i + 1}T080000Z`, { label: 'Many' });
      return updateIndex(reportFolder, 'UTC');
    });
    await Promise.all(updates);
    expect(rowsOf(reportFolder)).toHaveLength(5);
  });

  it('shows a hostile label as the text that it is', async () => {
    const { reportFolder } = premises();
    writeKept(reportFolder, '20260701T080000Z', { label: '<img src=x onerror="alert(1)">' });
    await updateIndex(reportFolder, 'UTC');
    const page = readFileSync(join(reportFolder, 'index.html'), 'utf8');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</a>');
  });
});
