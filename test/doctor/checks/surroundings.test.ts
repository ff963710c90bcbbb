import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { judgeCapacity, lookAtCapacity } from '../../../src/doctor/checks/capacity.ts';
import { isSynchronised, judgeClock } from '../../../src/doctor/checks/clock.ts';
import { judgeTimeZone } from '../../../src/doctor/checks/time-zone.ts';

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

describe('the time zone of the night', () => {
  const mail = configSchema.parse({}).mail;
  const now = new Date('2026-11-28T06:00:00Z');

  it('is told with the time there', () => {
    expect(judgeTimeZone(now, { ...mail, timeZone: 'Asia/Tokyo' })).toEqual({
      check: 'time zone',
      verdict: 'ok',
      // Tokyo is nine hours ahead.
      found: 'Asia/Tokyo (mail.timeZone), 2026-11-28 15:00 there now; a night ends at 06:30',
      advice: null,
    });
  });

  it('is a guess where mail is sent by a computer set to UTC', () => {
    const isUtc = /^(Etc\/)?(UTC|UCT|GMT)$/.test(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(judgeTimeZone(now, { ...mail, host: 'mail.lab' }).verdict).toBe(isUtc ? 'attention' : 'ok');
    expect(judgeTimeZone(now, { ...mail, host: 'mail.lab', timeZone: 'UTC' }).verdict).toBe('ok');
    expect(judgeTimeZone(now, mail).verdict).toBe('ok');
  });

  it('that is not known here fails', () => {
    expect(judgeTimeZone(now, { ...mail, timeZone: 'Mars/Olympus' }).verdict).toBe('failure');
  });
});

describe('memory and cores', () => {
  const segmenter = configSchema.parse({}).segmenter;

  it.each([
    // 0.4 GB and 0.3 GB a segmenter: two take 1.0 GB.
    [{ cores: 2, memoryBytes: 1.0e9 }, {}, 'ok'],
    [{ cores: 2, memoryBytes: 0.99e9 }, {}, 'attention'],
    [{ cores: 2, memoryBytes: 8e9 }, { processes: 2, threadsPerProcess: 2 }, 'attention'],
    [{ cores: 4, memoryBytes: 8e9 }, { processes: 2, threadsPerProcess: 2 }, 'ok'],
    [{ cores: 64, memoryBytes: 2e9 }, { processes: 6, threadsPerProcess: 1 }, 'attention'],
  ])('%j with %j is %s', (look, change, verdict) => {
    expect(judgeCapacity(look, { ...segmenter, ...change }).verdict).toBe(verdict);
  });

  it('are found on this computer', () => {
    const { cores, memoryBytes } = lookAtCapacity();
    expect(cores).toBeGreaterThanOrEqual(1);
    expect(memoryBytes).toBeGreaterThan(100e6);
  });
});
