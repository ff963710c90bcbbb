import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faultLines } from './lines.ts';

const tests = join(import.meta.dirname, '..');

it('the table of faults has fifty lines in order, each with a test', () => {
  expect(faultLines.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(faultLines.filter(({ proofs }) => proofs.length === 0)).toEqual([]);
});

it.each(faultLines.flatMap(({ number, proofs }) => proofs.map((proof) => [number, ...proof] as const)))(
  'line %i names a test that is there: %s: %s',
  (_, file, title) => {
    const path = join(tests, file);
    expect(existsSync(path), `${file} is gone; name the test that proves the line now`).toBe(true);
    // A title over several lines of source has its blanks joined.
    const source = readFileSync(path, 'utf8').replaceAll(/\s+/g, ' ');
    expect(source.includes(title), `${file} has no test "${title}"`).toBe(true);
  },
);
