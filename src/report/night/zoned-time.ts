import { isTimeZone } from '../../config/mail.ts';

/** A day of a local calendar, YYYY-MM-DD. */
export type LocalDate = string;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * When the local clock shows `time` (HH:MM) on `date`: the first time where a clock that is set back shows it twice; where a
 * clock that is set forward leaves it out, as if it had not been set (02:30 is then 03:30), both as RFC 5545 3.3.5.
 */
export function instantOf(date: LocalDate, time: string, timeZone: string): Date {
  const wallMs = Date.parse(`${date}T${time}:00Z`);
  // No zone changes its clock twice within two days.
  const [before, after] = [wallMs - DAY_MS, wallMs + DAY_MS].map((ms) => wallMs - offsetMs(ms, timeZone));
  const instant = [before!, after!].find((ms) => ms + offsetMs(ms, timeZone) === wallMs);
  return new Date(instant ?? before!);
}

/** The day that the local calendar shows. */
export function localDateOf(instant: Date, timeZone: string): LocalDate {
  return new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone)).toISOString().slice(0, 10);
}

/** The time that the local clock shows, HH:MM. */
export function localTimeOf(instant: Date, timeZone: string): string {
  return new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone)).toISOString().slice(11, 16);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether it is a day of the calendar, as 2026-02-30 is not. */
export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;
}

/** The system's; UTC where it names none that is known, as with an empty or misspelt TZ. */
export function systemTimeZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return isTimeZone(timeZone) ? timeZone : 'UTC';
}

/** Local time minus UTC. */
function offsetMs(utcMs: number, timeZone: string): number {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(utcMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = part;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric';
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  formats.set(timeZone, format);
  return format;
}
