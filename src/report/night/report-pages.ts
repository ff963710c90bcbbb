import { INDEX_NAME } from '../samples-index/write-index.ts';
import type { NightRun } from './run.ts';

/** Where those who read the mail find the files of samples. */
export interface ReportPages {
  /** As it is called on the machine that keeps it. */
  readonly folder: string;
  /** Under which address its files can be opened; null where nobody has said. */
  readonly baseUrl: string | null;
  /** Runs of the night whose page lies there. */
  readonly written: ReadonlySet<number>;
}

/** Address of the page over all samples; null where there is none. */
export function indexUrl(pages: ReportPages | null): string | null {
  return pages === null ? null : urlOf(pages, INDEX_NAME);
}

/** Address of a run's page; null where there is none, or where its files are not written yet. */
export function pageUrl(
  pages: ReportPages | null,
  { runId, summary }: Pick<NightRun, 'runId' | 'summary'>,
): string | null {
  if (!pages?.written.has(runId)) return null;
  return urlOf(pages, summary.sample.id, summary.run, 'report.html');
}

/** Where the files are, in words, for who has no link to them; null where there are links, or no files. */
export function filesText(pages: ReportPages | null): string | null {
  if (pages === null || pages.baseUrl !== null) return null;
  return `${INDEX_NAME} in ${pages.folder} lists all samples, with a page for each.`;
}

function urlOf({ baseUrl }: ReportPages, ...names: readonly string[]): string | null {
  if (baseUrl === null) return null;
  return [baseUrl.replace(/\/+$/, ''), ...names.map(encodeURIComponent)].join('/');
}
