import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastNight, nightPeriod, nightsDue } from '../../../src/report/night/schedule.ts';
import { addDays, instantOf, localDateOf, localTimeOf } from '../../../src/report/night/zoned-time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const anyZone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe', // set forward and back by half an hour
  'Asia/Kolkata', // half an hour off, never set
  'America/Sao_Paulo', // until 2019 set at midnight, so that 00:00 was left out and 23:00 came twice
);
// Sao Paulo set its clock in 2017 and 2018; the others do every year.
const anyYear = fc.constantFrom(2017, 2018, 2026);
const anyTime = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
/** The hours in which clocks are set, more often than others. */
const anyAt = fc.oneof(
  anyTime,
  fc.constantFrom('00:00', '00:30', '01:30', '01:45', '02:00', '02:30', '23:30'),
);
const anySchedule = fc.record({ timeZone: anyZone, at: anyAt });

describe('the nights of a year', () => {
  it('come once each, in order, whatever wakes the asker, and none while it is asked at least weekly', () => {
    const pauses = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 6 * 24 * 60 })),
      { minLength: 40, maxLength: 80 },
    );
    fc.assert(
      fc.property(anySchedule, anyYear, pauses, (schedule, year, pausesMin) => {
        const firstStart = new Date(Date.UTC(year, 0, 1, 12));
        const end = Date.UTC(year + 1, 0, 1, 12);
        const sent: string[] = [];
        for (let ms = firstStart.getTime(), i = 0; ms < end; i += 1) {
          ms += pausesMin[i % pausesMin.length]! * MINUTE_MS;
          sent.push(...nightsDue(new Date(ms), schedule, new Set(sent), firstStart));
        }
        const expected = [sent[0]!];
        while (expected.length < sent.length) expected.push(addDays(expected.at(-1)!, 1));
        expect(sent).toEqual(expected); // each day once, none left out
        expect(nightPeriod(sent[0]!, schedule).to > firstStart).toBe(true);
        expect(nightPeriod(addDays(sent[0]!, -1), schedule).to <= firstStart).toBe(true);
        expect(sent.length).toBeGreaterThanOrEqual(365);
      }),
      { numRuns: 25 },
    );
  });

  it('join without gap or overlap, and end when the clock shows the time, or would if it were not set', () => {
    fc.assert(
      fc.property(anySchedule, anyYear, fc.nat(363), (schedule, year, day) => {
        const date = addDays(`${year}-01-01`, day);
        const { from, to } = nightPeriod(date, schedule);
        expect(nightPeriod(addDays(date, 1), schedule).from).toEqual(to);
        const hours = (to.getTime() - from.getTime()) / HOUR_MS;
        expect([23, 23.5, 24, 24.5, 25]).toContain(hours);
        const shown = `${localDateOf(to, schedule.timeZone)} ${localTimeOf(to, schedule.timeZone)}`;
        if (shown !== `${date} ${schedule.at}`) {
          // Left out by the clock: a minute of this day was never shown at all.
          const minutes = Array.from(
            { length: 26 * 60 },
            (_, i) => new Date(to.getTime() + (i - 780) * MINUTE_MS),
          );
          const all = minutes.map(
            (minute) => `${localDateOf(minute, schedule.timeZone)} ${localTimeOf(minute, schedule.timeZone)}`,
          );
          expect(all).not.toContain(`${date} ${schedule.at}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are never sent again after the clock was set back by any amount', () => {
    const steps = fc.array(fc.integer({ min: -3 * 24 * 60, max: 2 * 24 * 60 }), {
      minLength: 5,
      maxLength: 60,
    });
    fc.assert(
      fc.property(anySchedule, steps, (schedule, stepsMin) => {
        const firstStart = new Date(Date.UTC(2026, 2, 1));
        const sent: string[] = [];
        let ms = firstStart.getTime();
        for (const step of stepsMin) {
          ms += step * MINUTE_MS;
          sent.push(...nightsDue(new Date(ms), schedule, new Set(sent), firstStart));
        }
        expect(new Set(sent).size).toBe(sent.length);
      }),
    );
  });
});

describe('a day on which the clock is set', () => {
  const berlin = { timeZone: 'Europe/Berlin', at: '02:30' };

  it('has its mail an hour of clock later where 02:30 is left out', () => {
    // 29 March 2026: 02:00 CET is followed by 03:00 CEST, at 01:00 UTC.
    expect(nightPeriod('2026-03-29', berlin).to.toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(localTimeOf(new Date('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toBe('03:30');
  });

  it('has its mail when the clock shows 02:30 first where it does twice', () => {
    // 25 October 2026: 03:00 CEST is followed by 02:00 CET, at 01:00 UTC; 02:30 is 00:30 and 01:30 UTC.
    const known = new Set<string>();
    const start = new Date('2026-10-24T12:00:00Z');
    const due = (time: string) => nightsDue(new Date(`2026-10-25T${time}Z`), berlin, known, start);
    expect(due('00:29:59')).toEqual([]);
    expect(due('00:30:00')).toEqual(['2026-10-25']);
    known.add('2026-10-25');
    expect(due('01:30:00')).toEqual([]);
  });

  it('begins at 01:00 in Sao Paulo, whose clocks left midnight out', () => {
    // 4 November 2018: 00:00 (UTC-3) is followed by 01:00 (UTC-2), at 03:00 UTC.
    expect(instantOf('2018-11-04', '00:00', 'America/Sao_Paulo').toISOString()).toBe(
      '2018-11-04T03:00:00.000Z',
    );
  });
});

describe('after a time without daemon', () => {
  const schedule = { timeZone: 'Asia/Kolkata', at: '06:30' }; // 01:00 UTC

  it('the last seven nights are owed, and none from before the first start', () => {
    const now = new Date('2026-11-23T09:00:00Z');
    const monthAgo = new Date(now.getTime() - 30 * DAY_MS);
    const expected = [17, 18, 19, 20, 21, 22, 23].map((day) => `2026-11-${day}`);
    expect(nightsDue(now, schedule, new Set(), monthAgo)).toEqual(expected);
    expect(nightsDue(now, schedule, new Set(expected.slice(0, 5)), monthAgo)).toEqual(expected.slice(5));
    const yesterday = new Date('2026-11-22T01:00:00Z'); // exactly at the end of the night of the 22nd
    expect(nightsDue(now, schedule, new Set(), yesterday)).toEqual(['2026-11-23']);
    expect(lastNight(now, schedule)).toBe('2026-11-23');
    expect(lastNight(new Date('2026-11-23T00:59:59Z'), schedule)).toBe('2026-11-22');
  });
});

describe("the system's time zone", () => {
  const zoneUnder = (TZ: string): string => {
    const module = new URL('../../../src/report/night/zoned-time.ts', import.meta.url).href;
    const program = `console.log((await import(${JSON.stringify(module)})).systemTimeZone())`;
    const env = { ...process.env, TZ };
    return execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      env,
      encoding: 'utf8',
    }).trim();
  };

  it('is UTC where the system names none that is known', () => {
    expect(zoneUnder('')).toBe('UTC');
    expect(zoneUnder('Etc/Unknown')).toBe('UTC');
    expect(zoneUnder('Europe/Berlin')).toBe('Europe/Berlin');
  });
});
