const MS_PER_UNIT = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DURATION = /^(\d{1,5})([hdw])$/;

/**
 * The moment before which files are left alone: a date as 2026-11-01, its first moment here, or a duration before now as
 * 12h, 30d or 8w.
 *
 * @returns null for what is neither
 */
export function sinceMs(text: string, nowMs: number): number | null {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  if (amount !== undefined) return nowMs - Number(amount) * MS_PER_UNIT[unit as keyof typeof MS_PER_UNIT];
  if (!DATE.test(text)) return null;
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const date = new Date(year, month - 1, day);
  // 30 February is no date, though JavaScript takes it for one of March.
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}
