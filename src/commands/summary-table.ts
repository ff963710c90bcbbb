import { z } from 'zod';
import { summarySchema } from '../publish/schema/summary.ts';
import { percentText } from '../report/figure-text.ts';
import { countText, figureDigits, placesOf, toPlaces } from '../statistics/numeric/figure-digits.ts';
import { sizesOf } from '../statistics/published-sizes.ts';
import type { Estimate } from '../statistics/size-statistics.ts';

const storedSummary = summarySchema.omit({ sequence: true, store: true }).strip();
/** Of any version. */
const otherSummary = z.object({
  schema: z.string(),
  sample: z.object({ id: z.string(), label: z.string() }),
});
type StoredSummary = z.infer<typeof storedSummary>;

const columns: readonly (readonly [title: string, value: (summary: StoredSummary) => string])[] = [
  ['sample', ({ sample }) => sample.label || sample.id],
  ['state', ({ state }) => state],
  ['tiles', ({ coverage, statistics }) => `${statistics.tiles}/${coverage.tilesExpected}`],
  ['particles', ({ statistics }) => countText(statistics.all.count)],
  ['uncertain', ({ statistics }) => percent(statistics.uncertain.count, statistics.all.count)],
  ['at border', ({ statistics }) => countText(statistics.border.cut)],
  ['mean area um2', ({ statistics }) => estimate(statistics.all.areaUm2?.mean)],
  ['D10 um', ({ statistics }) => estimate(sizesOf(statistics.all)?.d10)],
  ['D50 um', ({ statistics }) => estimate(sizesOf(statistics.all)?.d50)],
  ['D90 um', ({ statistics }) => estimate(sizesOf(statistics.all)?.d90)],
  ['D50 certain', ({ statistics }) => estimate(sizesOf(statistics.certain)?.d50)],
];

/**
 * Summaries as a table for people: one line a run, figures with their 95 % intervals; of those that another version
 * wrote only their sample.
 */
export function summaryTable(payloads: readonly unknown[]): string {
  const rows = [columns.map(([title]) => title), ...payloads.map(cellsOf)];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf(payload: unknown): string[] {
  const { data } = storedSummary.safeParse(payload);
  if (data) return columns.map(([, value]) => value(data));
  const other = otherSummary.safeParse(payload).data;
  const cells = [other?.sample.label || other?.sample.id || '-', `of ${other?.schema ?? 'another version'}`];
  return columns.map((_, i) => cells[i] ?? '-');
}

function estimate(figure: Estimate | undefined): string {
  if (!figure) return '-';
  const { value, low95, high95 } = figure;
  return low95 === null || high95 === null
    ? figureDigits(value)
    : `${figureDigits(value)} (${toPlaces(low95, placesOf(value))} to ${toPlaces(high95, placesOf(value))})`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : percentText(part / whole).replaceAll('\u00a0', ' ');
}
