import { type Column, columnsFor } from '../tables/column.ts';
import { type CsvDialect, csvText } from '../tables/csv-file.ts';
import { sampleColumns } from '../tables/sample-columns.ts';
import type { NightReport, NightSample } from './model.ts';

/** One row a sample: what the tables say of it, and what the mail adds. */
export function nightCsv({ samples }: NightReport, dialect?: CsvDialect): string {
  return csvText(columns, samples, dialect);
}

const columns: readonly Column<NightSample>[] = [
  ...columnsFor(sampleColumns, ({ summary }: NightSample) => summary),
  {
    ...{ name: 'needsALook', kind: 'text', unit: '', source: 'the mail' },
    description: 'why somebody ought to look',
    value: ({ attention }) => attention.join('; ') || null,
  },
  {
    ...{ name: 'd50BeforeUm', kind: 'number', unit: 'um', source: 'the last measurement of the same name' },
    description: 'its D50 by number',
    value: ({ change }) => change?.before.value ?? null,
  },
  {
    ...{ name: 'measuredBeforeAt', kind: 'time', unit: '', source: 'the last measurement of the same name' },
    description: 'when that was, UTC',
    value: ({ change }) => change?.since ?? null,
  },
  {
    ...{ name: 'intervalsOverlap', kind: 'truth', unit: '', source: 'both intervals of D50' },
    description: 'whether the change may be chance',
    value: ({ change }) => change?.intervalsOverlap ?? null,
  },
];
