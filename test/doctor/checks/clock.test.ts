import { describe, expect, it } from 'vitest';
import { isSynchronised, judgeClock } from '../../../src/doctor/checks/clock.ts';

describe('the clock', () => {
  it.each([
    ['1970-01-01T00:00:10Z', null, 'failure'],
    ['2061-01-01T00:00:00Z', true, 'failure'],
    ['2026-11-28T06:00:00Z', true, 'ok'],
    ['2026-11-28T06:00:00Z', null, 'ok'],
    ['2026-11-28T06:00:00Z', false, 'attention'],
  ])('at %s, synchronised: %s, is %s', (now, synchronised, verdict) => {
    expect(judgeClock(new Date(now), synchronised).verdict).toBe(verdict);
  });

  it('is synchronised, or not, or nobody tells', async () => {
    expect([true, false, null]).toContain(await isSynchronised());
  });
});
