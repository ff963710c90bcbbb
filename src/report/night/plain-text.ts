import { troubles } from './conditions.ts';
import type { NightReport } from './model.ts';
import { filesText, indexUrl, pageUrl } from './report-pages.ts';
import { conditionLines } from './view/conditions.ts';
import { controlSentence } from './view/control-text.ts';
import { nightOutcome, nightTitle } from './view/headline.ts';
import { type FiguresView, type SampleView, sampleView } from './view/sample.ts';

/** The night in plain text: all that the HTML says but its pictures. */
export function nightText(report: NightReport): string {
  const { instrument, samples, unreadable, conditions, timeZone, pages } = report;
  const index = indexUrl(pages);
  const files = index === null ? filesText(pages) : `All samples: ${index}`;
  const lines = conditionLines(conditions, timeZone).map(([name, text]) => `${name}: ${text}.`);
  if (samples.length === 0 && unreadable.length === 0) return emptyNight(report);
  const blocks = [
    [`particled ${instrument}`, nightTitle(report), nightOutcome(report)].join('\n'),
    ...(troubles(conditions).length > 0
      ? [
          `Needs attention:\n${troubles(conditions)
            .map((trouble) => `  - ${trouble}`)
            .join('\n')}`,
        ]
      : []),
    ...samples.map((sample) => sampleText(sampleView(sample, timeZone), pageUrl(pages, sample))),
    ...unreadable.map((name) => `${name}: its result is of another version of particled.`),
    controlSentence(report),
    lines.join('\n'),
    ...(files === null ? [] : [files]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Three lines, and no more. */
export function emptyNightLines(report: NightReport): readonly [string, string, string] {
  const [instrument, queue, disk] = conditionLines(report.conditions, report.timeZone);
  return [
    `${report.instrument}: no sample finished in the ${nightTitle(report).replace('Night', 'night')}.`,
    `${instrument![0]}: ${instrument![1]}; ${queue![1]}.`,
    `${disk![0]}: ${disk![1]}.`,
  ];
}

function emptyNight(report: NightReport): string {
  return `${emptyNightLines(report).join('\n')}\n`;
}

function sampleText(view: SampleView, page: string | null): string {
  const title = `${view.name}: ${view.badge}`;
  return [
    title,
    '-'.repeat([...title].length),
    view.facts,
    ...(view.operator === null ? [] : [`Operator: ${view.operator}`]),
    ...(view.remark === null ? [] : [`Note: ${view.remark}`]),
    ...view.attention.map((reason) => `! ${reason}`),
    ...figureLines(view.figures),
    ...view.figureNotes,
    ...[view.counted, view.shape, view.decision, view.change, view.spread].filter((line) => line !== null),
    ...view.tiles,
    ...(view.imaged === null ? [] : [`Imaged at ${view.imaged}`]),
    ...view.notes,
    ...(page === null ? [] : [`Page: ${page}`]),
  ].join('\n');
}

function figureLines(rows: readonly FiguresView[]): string[] {
  const cells = rows.map(({ title, figures }) => [
    title,
    ...figures.map(
      ({ name, value, interval, isBelowLimit }) =>
        `${name} ${value} µm${isBelowLimit ? '*' : ''}${interval === null ? '' : ` (${interval})`}`,
    ),
  ]);
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}`.trimEnd());
}
