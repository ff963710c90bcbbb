import { addDays, instantOf, type LocalDate, localDateOf, systemTimeZone } from './zoned-time.ts';

/** When nights end: `at` is HH:MM of the local clock. */
export interface NightSchedule {
  readonly timeZone: string;
  readonly at: string;
}

/** The configured one; null stands for the system's time zone. */
export function nightScheduleOf({
  at,
  timeZone,
}: {
  readonly at: string;
  readonly timeZone: string | null;
}): NightSchedule {
  return { at, timeZone: timeZone ?? systemTimeZone() };
}

/** A night's samples finished at or after `from` and before `to`. */
export interface NightPeriod {
  readonly from: Date;
  readonly to: Date;
}

/** A daemon that was down for longer owes no mail for nights that ended before that. */
const daysLookedBack = 7;
const DAY_MS = 86_400_000;

/** The night of `date` ends at that day's time, and began at the time of the day before. */
export function nightPeriod(date: LocalDate, schedule: NightSchedule): NightPeriod {
  return { from: endOf(addDays(date, -1), schedule), to: endOf(date, schedule) };
}

export function hasBegun(date: LocalDate, now: Date, schedule: NightSchedule): boolean {
  return nightPeriod(date, schedule).from <= now;
}

/** The night that ended last. */
export function lastNight(now: Date, schedule: NightSchedule): LocalDate {
  return latestDays(now, schedule).findLast((date) => endOf(date, schedule) <= now)!;
}

/** The night that has begun and not ended. */
export function nightUnderWay(now: Date, schedule: NightSchedule): LocalDate {
  return addDays(lastNight(now, schedule), 1);
}

/**
 * The nights that have ended since `firstStart` and of which none is `known`, oldest first: what is asked decides, not what
 * woke the asker, so that a clock that is set, a sleeping machine or a restart neither skip a night nor repeat one.
 */
export function nightsDue(
  now: Date,
  schedule: NightSchedule,
  known: ReadonlySet<LocalDate>,
  firstStart: Date,
): LocalDate[] {
  const afterMs = Math.max(firstStart.getTime(), now.getTime() - daysLookedBack * DAY_MS);
  return latestDays(now, schedule).filter((date) => {
    if (known.has(date)) return false;
    const end = endOf(date, schedule);
    return end <= now && end.getTime() > afterMs;
  });
}

function endOf(date: LocalDate, { timeZone, at }: NightSchedule): Date {
  return instantOf(date, at, timeZone);
}

/** Tomorrow included: a clock set back over midnight shows today again after tomorrow's first minutes. */
function latestDays(now: Date, { timeZone }: NightSchedule): LocalDate[] {
  const today = localDateOf(now, timeZone);
  return Array.from({ length: daysLookedBack + 2 }, (_, day) => addDays(today, day - daysLookedBack));
}
