import { counted, countText, figureDigits } from '../../statistics/numeric/figure-digits.ts';
import { aligned } from '../evaluate/score-table.ts';
import {
  type ComparedName,
  type ComparedRun,
  type Comparison,
  nameOf,
  type OverallChange,
} from './comparison.ts';
import type { ResultRun } from './result-folder.ts';

const titles: Readonly<Record<ComparedName, string>> = {
  count: 'particles',
  areaMeanUm2: 'mean area',
  d10Um: 'D10',
  d50Um: 'D50',
  d90Um: 'D90',
  d10ByVolumeUm: 'D10 vol',
  d50ByVolumeUm: 'D50 vol',
  d90ByVolumeUm: 'D90 vol',
};
const MOST_NAMED = 5;

/** One line a run, then how each figure moves over all, then what is left out. */
export function comparisonText({ runs, overall, leftOut }: Comparison): string {
  const names = Object.keys(titles) as ComparedName[];
  const changes = names.filter((name) => name !== 'd50Um');
  const table = aligned([
    ['sample', 'run in A', 'tiles', 'D50 A um', 'D50 B um', 'D50', ...changes.map((name) => titles[name])],
    ...runs.map((run) => [
      nameOf(run),
      run.run.a,
      tilesText(run),
      figureText(run.figures.d50Um.a),
      figureText(run.figures.d50Um.b),
      ...['d50Um' as const, ...changes].map((name) => markedChange(run, name)),
    ]),
  ]);
  const summary = aligned([
    [
      `${counted(runs.length, 'run')}, B against A`,
      'median',
      'least',
      'greatest',
      "outside A's interval",
      'farthest',
    ],
    ...overall.map(overallLine),
  ]);
  const notes = [
    "* B lies outside of A's 95 % interval",
    ...missing('only in A', leftOut.onlyA),
    ...missing('only in B', leftOut.onlyB),
    ...leftOut.faults.map(({ run, reason }) => `left out: ${run}: ${reason}`),
    ...(leftOut.tiles > 0
      ? [`${counted(leftOut.tiles, 'tile')} left out of the figures: they count in one of the two alone`]
      : []),
  ];
  return [table, '', summary, '', ...notes].join('\n');
}

function overallLine({
  figure,
  median,
  least,
  greatest,
  outside,
  withInterval,
  worst,
}: OverallChange): string[] {
  return [
    titles[figure],
    ...[median, least, greatest].map(changeText),
    withInterval === 0 ? '-' : `${countText(outside)} of ${countText(withInterval)}`,
    worst.map(({ sample, change }) => `${sample} ${changeText(change)}`).join(', '),
  ];
}

function tilesText({ tiles: { a, b, both } }: ComparedRun): string {
  return a === both && b === both
    ? countText(both)
    : `${countText(both)} of ${countText(a)} and ${countText(b)}`;
}

function markedChange({ figures }: ComparedRun, name: ComparedName): string {
  const { change, isOutside } = figures[name];
  return change === null ? '-' : `${changeText(change)}${isOutside ? '*' : ''}`;
}

/** `+1.2 %` */
function changeText(change: number): string {
  const percent = 100 * change;
  const text = percent.toFixed(Math.abs(percent) < 9.95 ? 1 : 0);
  return `${percent > 0 && Number(text) !== 0 ? '+' : ''}${Number(text) === 0 ? text.replace('-', '') : text} %`.replace(
    '-',
    '\u2212',
  );
}

function figureText(value: number | null): string {
  return value === null ? '-' : figureDigits(value);
}

function missing(where: string, runs: readonly Pick<ResultRun, 'label' | 'sampleId' | 'name'>[]): string[] {
  if (runs.length === 0) return [];
  const named = runs.slice(0, MOST_NAMED).map(({ label, sampleId, name }) => `${label || sampleId} ${name}`);
  const more = runs.length > MOST_NAMED ? ` and ${countText(runs.length - MOST_NAMED)} more` : '';
  return [`${where}: ${counted(runs.length, 'run')}: ${named.join(', ')}${more}`];
}
