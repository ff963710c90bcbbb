import { describe, expect, it } from 'vitest';
import { nightCsv } from '../../../src/report/night/csv.ts';
import { nightReport } from '../../../src/report/night/model.ts';
import { nightText } from '../../../src/report/night/plain-text.ts';
import { nightSubject } from '../../../src/report/night/view/headline.ts';
import { busyNight } from './busy-night.ts';
import { factsOf, goodConditions, runOf } from './nights.ts';

const busy = nightReport(busyNight());
const empty = nightReport(factsOf([]));

describe('the subject', () => {
  it('says on a lock screen what to do', () => {
    expect(nightSubject(busy, 'particled')).toBe(
      'particled phenom-1, 23 Nov: 4 samples, 1 rejected, 2 need a look',
    );
    expect(nightSubject(nightReport(factsOf([runOf({ label: 'a' })])), '[lab]')).toBe(
      '[lab] phenom-1, 23 Nov: 1 sample',
    );
  });

  it('says of an empty night that there is nothing, and of a sick instrument that it is', () => {
    expect(nightSubject(empty, '')).toBe('phenom-1, 23 Nov: no samples');
    const conditions = { ...goodConditions, reasons: ['the export folder cannot be listed'] };
    expect(nightSubject(nightReport(factsOf([], { conditions })), 'particled')).toBe(
      'particled phenom-1, 23 Nov: no samples, instrument needs attention',
    );
  });
});

describe('the plain text', () => {
  const text = nightText(busy);

  it('gives each sample its figures with intervals, both bounds, and by volume', () => {
    // D50 3.61 with a tenth to each side; certain ones are 4 % smaller, D50 by volume is 1.8 times as large.
    expect(text).toMatch(/all, by number +D10 1\.81 µm \(1\.62 to 1\.99\) +D50 3\.61 µm \(3\.25 to 3\.97\)/);
    expect(text).toMatch(/certain, by number +D10 1\.73 µm/);
    expect(text).toMatch(/all, by volume +D10 .* D50 6\.50 µm \(5\.85 to 7\.15\)/);
  });

  it('says what was decided, what changed, which tiles lack and why', () => {
    for (const line of [
      'The D50 of 3.61 µm lies between 4.5 and 5.5 µm with a probability of 0.002; 0.95 is required.',
      'D50 −26 % since 19 Nov, 22:10, when it was 4.90 µm (4.41 to 5.39); the intervals do not overlap: it has changed.',
      'Missing, 3 tiles: row 2, column 5; row 2, column 6; row 2, column 7.',
      'Failed, 1 tile: NMC_r1_c5.tiff (row 1, column 5): the segmenter ended twice while it worked on this tile.',
      'Left out, 1 tile: NMC_r0_c2.tiff (row 0, column 2): edges are 4.1 px wide, its neighbours 1.8 px.',
      '* under 0.930 µm, where at most 50 % of the particles are found.',
      'Models: low 0f4c8a1b (4 samples); particled 0.1.0.',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toContain('out of control: NMC-811 cathode, second calcination, sieved < 38 µm (21 %)');
  });

  it('says an empty night in three lines', () => {
    const lines = nightText(empty).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(
      'no sample finished in the night to Monday, 23 November 2026, 06:30 (Europe/Berlin)',
    );
    expect(lines[1]).toContain('Instrument: normal; last tile 23 Nov, 06:14; 0 tiles waiting');
    expect(lines[2]).toContain('118 GB of 480 GB free for store');
  });

  it('says of a run that was measured anew which result is superseded', () => {
    const [run, revises] = [runOf({ label: 'a' }), runOf({ label: 'a', at: '2026-11-20T05:00:00.000Z' })];
    const report = nightReport(factsOf([], { finished: [{ run, revises, previous: null }] }));
    expect(nightText(report)).toContain('Supersedes the result of 20 Nov, 06:00.');
  });

  it('names samples that it cannot read', () => {
    const text = nightText(nightReport(factsOf([], { unreadable: ['powder'] })));
    expect(text).toContain('No sample that this version of particled can read.');
    expect(text).toContain('powder: its result is of another version of particled.');
  });

  it('begins with what is wrong with the instrument, a full disk too', () => {
    const disks = [{ use: 'store', folder: '/data', space: { freeBytes: 2.5e9, totalBytes: 1e12 } }] as const;
    const conditions = { ...goodConditions, reasons: ['the broker is not connected'], disks };
    const sick = nightText(nightReport({ ...busyNight(), conditions }));
    expect(sick).toMatch(
      /Needs attention:\n {2}- the broker is not connected\n {2}- only 2\.5 GB free for \/data; make room\n\n/,
    );
  });
});

describe('the table', () => {
  const rows = (report = busy) => nightCsv(report).split('\r\n');

  it('has a row for each sample under headers with units', () => {
    expect(rows()).toHaveLength(4 + 2); // headers, and nothing after the last line break
    const headers = rows()[0]!.split(',');
    const rejected = rows()[1]!.split(',');
    const cell = (header: string) => rejected[headers.indexOf(header)];
    expect(cell('d50Um')).toBe('3.61');
    expect(cell('d50Low95Um')).toBe('3.249'); // 0.9 of it
    expect(cell('d50CertainUm')).toBe('3.4656'); // 0.96 of it
    expect(cell('verdict')).toBe('reject');
    expect(cell('measuredBeforeAt')).toBe('2026-11-19T21:10:00.000Z');
    expect(cell('intervalsOverlap')).toBe('false');
  });

  it('keeps a label that looks like a formula or holds a comma as text', () => {
    const labels = ['=HYPERLINK("x")', 'a, b'].map((label) => runOf({ label }));
    const [, formula, comma] = rows(nightReport(factsOf(labels)));
    expect(formula).toMatch(/^[\w'-]+,"'=HYPERLINK\(""x""\)",/);
    expect(comma).toMatch(/^[\w-]+,"a, b",/);
  });

  it('is written as a German Excel reads it where that is asked for', () => {
    const [head, rejected] = nightCsv(busy, { separator: ';', decimalMark: ',' }).split('\r\n');
    const headers = head!.split(';');
    expect(rejected!.split(';')[headers.indexOf('d50Um')]).toBe('3,61');
  });
});
