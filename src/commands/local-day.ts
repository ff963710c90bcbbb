import type { Config } from '../config/schema.ts';
import { nightScheduleOf } from '../report/night/schedule.ts';
import { addDays, instantOf, isLocalDate } from '../report/night/zoned-time.ts';

/**
 * When a day begins where the daemon is, as milliseconds since 1970.
 * @param option whose value the date is, for errors
 * @param days so many days later
 */
export function dayBegins({ mail }: Config, option: string, date: string, days = 0): number {
  if (!isLocalDate(date)) throw new Error(`--${option} ${date}: is no date; give one as 2026-11-23`);
  const { timeZone } = nightScheduleOf(mail);
  return instantOf(addDays(date, days), '00:00', timeZone).getTime();
}
