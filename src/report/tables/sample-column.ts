import { publishedDigits } from '../../statistics/numeric/significant.ts';
import type { Estimate } from '../../statistics/size-statistics.ts';
import type { SampleSummary } from '../sample/sample-summary.ts';
import type { Column } from './column.ts';

type Columns = Column<SampleSummary>[];

/** Where most columns have their values from. */
export const SUMMARY = 'the latest summary; measurement.md';

/** A figure and its 95 % interval. */
export function estimate(
  name: string,
  unit: 'Um' | 'Um2' | '',
  description: string,
  of: (summary: SampleSummary) => Estimate | undefined,
): Columns {
  const inWords = unit.toLowerCase() || '1';
  return [
    number(`${name}${unit}`, inWords, description, (summary) => of(summary)?.value),
    number(
      `${name}Low95${unit}`,
      inWords,
      'lower bound of its 95 % interval',
      (summary) => of(summary)?.low95,
    ),
    number(
      `${name}High95${unit}`,
      inWords,
      'upper bound of its 95 % interval',
      (summary) => of(summary)?.high95,
    ),
  ];
}

export function text(
  name: string,
  description: string,
  value: (summary: SampleSummary) => string | null,
): Column<SampleSummary> {
  return { name, kind: 'text', unit: '', description, source: SUMMARY, value };
}

export function count(
  name: string,
  description: string,
  value: (summary: SampleSummary) => number,
): Column<SampleSummary> {
  return { name, kind: 'count', unit: '1', description, source: SUMMARY, value };
}

export function number(
  name: string,
  unit: string,
  description: string,
  of: (summary: SampleSummary) => number | null | undefined,
): Column<SampleSummary> {
  return {
    name,
    kind: 'number',
    unit,
    description,
    source: SUMMARY,
    value(summary) {
      const figure = of(summary);
      return figure === null || figure === undefined ? null : publishedDigits(figure);
    },
  };
}
