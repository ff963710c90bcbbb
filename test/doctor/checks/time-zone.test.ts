import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { judgeTimeZone } from '../../../src/doctor/checks/time-zone.ts';

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
