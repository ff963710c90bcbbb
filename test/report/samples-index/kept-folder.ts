import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { wholeSummary } from '../sample/example-summary.ts';

/** Writes page and summary of a run as they lie in a report folder. */
export function writeKept(
  reportFolder: string,
  run: string,
  change: Partial<SampleSummary> & { readonly label?: string } = {},
): string {
  const { label = 'LiCoO2', ...rest } = change;
  const id = label.replace(/\W+/g, '_');
  const folder = join(reportFolder, id, run);
  mkdirSync(folder, { recursive: true });
  const { schema, ...summary } = { ...wholeSummary, run, sample: { id, label }, ...rest };
  writeFileSync(join(folder, 'report.html'), `<title>Page of ${run}</title>`);
  writeFileSync(join(folder, 'summary.json'), JSON.stringify({ schema, sequence: null, ...summary }));
  return folder;
}
