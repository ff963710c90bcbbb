import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { sinceMs } from '../../src/config/since.ts';

const HOUR_MS = 3_600_000;
const now = new Date(2026, 10, 28, 12).getTime();

describe('the moment from which files are watched', () => {
  it.each([
    ['12h', 12 * HOUR_MS],
    ['30d', 30 * 24 * HOUR_MS],
    ['8w', 8 * 7 * 24 * HOUR_MS],
  ])('is %s before now', (text, agoMs) => {
    expect(sinceMs(text, now)).toBe(now - agoMs);
  });

  it('is the first moment of a date, here', () => {
    expect(sinceMs('2026-11-01', now)).toBe(new Date(2026, 10, 1).getTime());
  });

  it.each(['2026-02-30', '2026-13-01', '30', 'yesterday', '-3d', '1.5d', ''])('is not %j', (since) => {
    expect(sinceMs(since, now)).toBeNull();
    expect(configSchema.safeParse({ watch: { since } }).success).toBe(false);
  });
});
