import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, progressText } from '../../../src/commands/analyse/progress.ts';

const files = { all: 10_000, done: 1204, doneBefore: 0, left: 8796, setAside: 0 };

describe('the progress of an analysis', () => {
  it.each([
    [90, 99, '90 to 99 s left'],
    [300, 330, '5.0 to 5.5 min left'],
    [0, 12, 'at most 12 s left'],
    [2, 204, 'at most 3.4 min left'],
    [1200, 1500, '20 to 25 min left'],
    [18_360, 20_160, '5.1 to 5.6 h left'],
    [36_000, 36_300, 'about 10 h left'],
    [864_000, 950_400, '10 to 11 days left'],
  ])('says %i to %i s in the unit of a reader', (low95S, high95S, left) => {
    expect(progressText(files, { secondsEach: 2.134, low95S, high95S })).toBe(
      `1,204 of 10,000 files (12 %), 2.13 s a file, ${left}`,
    );
  });

  it('says that it does not know yet, counts files set aside, and rounds no share up to all, and what it does in the end', () => {
    expect(progressText({ ...files, done: 9999, left: 1, setAside: 3 }, null)).toBe(
      '9,999 of 10,000 files (99 %), time left not known yet, 3 set aside',
    );
    expect(progressText({ ...files, done: 10_000, left: 0 }, null)).toBe(
      '10,000 of 10,000 files (100 %), results are written',
    );
  });

  it('writes a line after 20 s where there is no terminal, and then one a minute', () => {
    const out = new PassThrough();
    let nowMs = 0;
    const progress = createProgress(
      Object.assign(out, { isTTY: false }) as unknown as NodeJS.WriteStream,
      () => nowMs,
    );
    for (let second = 0; second <= 150; second++) {
      nowMs = 1000 * second;
      // 100 were done before; one a second follows.
      progress.show({ all: 1000, done: 100 + second, doneBefore: 100, left: 900 - second, setAside: 0 });
    }
    progress.stop();
    expect(String(out.read()).split('\n')).toEqual([
      '120 of 1,000 files (12 %), 1.00 s a file, about 15 min left',
      '180 of 1,000 files (18 %), 1.00 s a file, about 14 min left',
      '240 of 1,000 files (24 %), 1.00 s a file, about 13 min left',
      '',
    ]);
  });
});
