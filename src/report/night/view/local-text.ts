import { type LocalDate, localDateOf, localTimeOf } from '../zoned-time.ts';

/** `23 Nov` */
export function shortDate(date: LocalDate): string {
  return dateText(date, { day: 'numeric', month: 'short' });
}

/** `Monday, 23 November 2026` */
export function longDate(date: LocalDate): string {
  return dateText(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `23 Nov, 05:12` of the local clock. */
export function shortMoment(instant: Date, timeZone: string): string {
  return `${shortDate(localDateOf(instant, timeZone))}, ${localTimeOf(instant, timeZone)}`;
}

/** `23 Nov 2026, 05:12` of the local clock. */
export function localMoment(instant: Date, timeZone: string): string {
  const date = dateText(localDateOf(instant, timeZone), { day: 'numeric', month: 'short', year: 'numeric' });
  return `${date}, ${localTimeOf(instant, timeZone)}`;
}

function dateText(date: LocalDate, parts: Intl.DateTimeFormatOptions): string {
  // Three letters for every month; en-GB writes Sept.
  const words = new Intl.DateTimeFormat('en-US', { ...parts, timeZone: 'UTC' }).formatToParts(
    new Date(`${date}T00:00Z`),
  );
  const part = (type: string): string => words.find((word) => word.type === type)?.value ?? '';
  const weekday = part('weekday');
  return `${weekday && `${weekday}, `}${part('day')} ${part('month')} ${part('year')}`.trim();
}
