import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/schema.ts';
import { sampleFolder } from '../report/sample/sample-files.ts';
import { runAsked } from '../requests/run-asked.ts';
import { type ReportOrder, startReporter } from '../run/reporter.ts';
import { openStoreReadOnly } from '../store/database.ts';
import { rowsFault } from '../store/kept-rows.ts';
import { writeFiltered } from './report-filtered.ts';

export interface SampleReportOptions {
  /** Label as typed at the microscope, or id in topics. */
  readonly sample: string;
  /** Undefined: the latest one. */
  readonly run?: string;
  /** Undefined: where the daemon keeps it. */
  readonly out?: string;
  /** Which particles count; undefined: those of the summary. Only with `out`: the daemon's folder holds what is published. */
  readonly filter?: string;
}

/** Where the files of a sample were written. */
export interface WrittenSample {
  readonly sample: { readonly id: string; readonly label: string };
  readonly run: string;
  readonly revision: number;
  readonly folder: string;
  readonly page: string;
}

/**
 * Makes page, tables and charts of a sample again, as of its latest summary. Elsewhere than in the folder of reports there
 * are no overlays, and the pictures are of the tiles, where those are still there.
 * @throws Error where there is no such run, no summary of it, or no folder
 */
export async function reportSample(config: Config, options: SampleReportOptions): Promise<WrittenSample> {
  const store = openStoreReadOnly(config.store.file);
  try {
    const run = runAsked(store, options);
    const { id, sampleId, sampleLabel, name, revision } = run;
    const fault = rowsFault(run);
    if (fault !== null) throw new Error(fault);
    if (revision === 0) throw new Error(`${name}: has no summary yet; one follows its first tile`);
    const reportFolder = options.out === undefined ? config.report.folder : resolve(options.out);
    if (options.filter !== undefined && options.out === undefined) {
      throw new Error(
        `--filter ${options.filter}: would write over the files of the published figures; give --out`,
      );
    }
    if (reportFolder === null) {
      throw new Error('report.folder: is null, so no files are kept; set it, or give --out');
    }
    const folder = sampleFolder(reportFolder, sampleId, name);
    mkdirSync(folder, { recursive: true });
    if (options.filter === undefined) await writeAsPublished(config, { runId: id, folder });
    else await writeFiltered(config, store, { runId: id, folder, filter: options.filter });
    const sample = { id: sampleId, label: sampleLabel };
    return { sample, run: name, revision, folder, page: join(folder, 'report.html') };
  } finally {
    store.close();
  }
}

async function writeAsPublished(config: Config, order: ReportOrder): Promise<void> {
  const reporter = startReporter(config.store.file);
  try {
    await reporter.write(order);
  } finally {
    await reporter.close();
  }
}
