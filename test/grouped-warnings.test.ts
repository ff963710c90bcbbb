import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createGroupedWarnings } from '../src/grouped-warnings.ts';
import { recorder } from './publish/sending.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function files() {
  const logger = recorder();
  const warnings = createGroupedWarnings(logger, 'file set aside', 'files set aside');
  const warn = (path: string, code = 'empty'): void => warnings.warn(code, path, { path, code });
  return { warn, warnings, lines: () => logger.lines };
}

it('tells 2,000 of one cause on one line, with the first names, and another cause on its own', () => {
  const { warn, lines } = files();
  for (let n = 0; n < 2000; n++) {
    warn(`${n}.tif`);
    vi.advanceTimersByTime(10);
  }
  warn('a.tif', 'flat');
  vi.advanceTimersByTime(2000);
  expect(lines()).toMatchObject([
    {
      level: 'warn',
      message: 'files set aside',
      facts: { cause: 'empty', count: 2000, first: ['0.tif', '1.tif', '2.tif'], code: 'empty' },
    },
    { level: 'warn', message: 'file set aside', facts: { path: 'a.tif', code: 'flat' } },
  ]);
});

it('tells of a cause that goes on for a day less and less often', () => {
  const { warn, lines } = files();
  for (let seconds = 0; seconds < 86_400; seconds += 10) {
    warn(`${seconds}.tif`);
    vi.advanceTimersByTime(10_000);
  }
  // After 10 s, doubled up to an hour: about nine lines, then one an hour.
  expect(lines().length).toBeLessThan(40);
  expect(lines().length).toBeGreaterThan(20);
});

it('tells at once what waits when asked to', () => {
  const { warn, warnings, lines } = files();
  warn('a.tif');
  warnings.flush();
  warnings.flush();
  expect(lines()).toMatchObject([{ facts: { path: 'a.tif' } }]);
});
