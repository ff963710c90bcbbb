import { schedule as cron } from 'node-cron';
import type { SegmenterPool } from './pool.ts';

/** Before the night ends, so that its mail tells how the check went. */
const MINUTES_BEFORE = 15;
const DAY_MINUTES = 24 * 60;

/**
 * Has the segmenters compute their known answers each night, between two tiles, and says when they begin and have ended.
 * @param night `at` HH:MM in the time zone, when its mail goes out
 */
export function startDailyCheck(
  { at, timeZone }: { readonly at: string; readonly timeZone: string },
  segmenter: Pick<SegmenterPool, 'check'>,
  told: { began(): void; ended(): void },
): { stop(): Promise<void> } {
  const { hour, minute } = minutesBefore(at, MINUTES_BEFORE);
  const check = async (): Promise<void> => {
    const checked = segmenter.check();
    told.began();
    await checked;
    told.ended();
  };
  const task = cron(`${minute} ${hour} * * *`, check, {
    timezone: timeZone,
    suppressMissedWarning: true,
  });
  return { stop: async () => void (await task.destroy()) };
}

/** @param at HH:MM */
export function minutesBefore(at: string, minutes: number): { hour: number; minute: number } {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const total = (hour * 60 + minute - minutes + DAY_MINUTES) % DAY_MINUTES;
  return { hour: Math.floor(total / 60), minute: total % 60 };
}
