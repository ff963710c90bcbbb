import type { SampleSummary } from '../sample/sample-summary.ts';
import type { Column } from './column.ts';
import { count, estimate, text } from './sample-column.ts';

type Columns = Column<SampleSummary>[];

/** What the filter does: the same figures without it. */
export function filterColumns(): Columns {
  const unfiltered = ({ statistics }: SampleSummary) => statistics.filter?.unfiltered;
  return [
    text(
      'filter',
      'what a particle must pass to count; empty where all do',
      ({ statistics }) => statistics.filter?.expression ?? null,
    ),
    count(
      'particlesFilteredOut',
      'particles that do not pass it',
      ({ statistics }) => statistics.filter?.particlesLeftOut ?? 0,
    ),
    ...(['d10', 'd50', 'd90', 'mean'] as const).flatMap((name) =>
      estimate(
        `${name === 'mean' ? 'diameterMean' : name}Unfiltered`,
        'Um',
        `${name === 'mean' ? 'mean diameter D[1,0]' : `${name.toUpperCase()} by number`} without the filter; empty without one`,
        (summary) => unfiltered(summary)?.diameterUm?.[name],
      ),
    ),
  ];
}

/** What reviewers corrected: the same figures without that. */
export function reviewColumns(): Columns {
  return [
    text(
      'reviewedBy',
      'who corrected particles, where that counts; empty where nobody did',
      ({ provenance }) => provenance.reviewedBy?.join('; ') ?? null,
    ),
    count(
      'corrections',
      'their corrections that count',
      ({ statistics }) => statistics.review?.corrections ?? 0,
    ),
    ...(['d10', 'd50', 'd90', 'mean'] as const).flatMap((name) =>
      estimate(
        `${name === 'mean' ? 'diameterMean' : name}Unreviewed`,
        'Um',
        `${name === 'mean' ? 'mean diameter D[1,0]' : `${name.toUpperCase()} by number`} without the corrections; empty where none counts`,
        ({ statistics }) => statistics.review?.unreviewed.diameterUm?.[name],
      ),
    ),
  ];
}
