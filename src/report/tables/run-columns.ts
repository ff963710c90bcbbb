import type { SampleSummary } from '../sample/sample-summary.ts';
import type { Column } from './column.ts';

/** Which run a row is of, so that tables of many samples can be put together. */
export interface RunOfRow {
  readonly sampleId: string;
  readonly sample: string;
  readonly run: string;
}

export function runOfRow({ sample, run }: Pick<SampleSummary, 'sample' | 'run'>): RunOfRow {
  return { sampleId: sample.id, sample: sample.label, run };
}

export const runColumns: readonly Column<RunOfRow>[] = [
  {
    ...{ name: 'sampleId', kind: 'text', unit: '' },
    description: 'the sample in topics and folders; with run it names the run',
    source: 'made from the label',
    value: ({ sampleId }) => sampleId,
  },
  {
    ...{ name: 'sample', kind: 'text', unit: '' },
    description: 'label as typed at the microscope',
    source: "the files' metadata",
    value: ({ sample }) => sample,
  },
  {
    ...{ name: 'run', kind: 'text', unit: '' },
    description: 'one acquisition of the sample',
    source: 'when its first tile came, UTC',
    value: ({ run }) => run,
  },
];
