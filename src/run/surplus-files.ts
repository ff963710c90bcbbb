import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../logger.ts';
import { type KeptSample, keptSamples, surplus, TILE_PICTURES } from '../report/sample/kept-samples.ts';
import { sampleFolder } from '../report/sample/sample-files.ts';
import type { Store } from '../store/database.ts';

export interface RetentionParts {
  readonly config: Pick<Config, 'report' | 'retention'>;
  readonly store: Pick<Store, 'runs' | 'keptRows' | 'fileSize' | 'mails'>;
  readonly logger: Logger;
}

/** One look and what follows from it; files go one folder at a time, off the event loop. */
export async function deleteSurplus(
  { config: { report, retention }, store, logger }: RetentionParts,
  nowMs: number,
  isStopping: () => boolean = () => false,
): Promise<void> {
  const { overlaysDays, overlaysGb, reportsDays, reportsGb } = retention;
  const limits = [overlaysDays, overlaysGb, reportsDays, reportsGb];
  if (report.folder === null || limits.every((limit) => limit === null)) return;
  const root = report.folder;
  const filling = new Set(
    store.runs.inState('filling').map((run) => sampleFolder(root, run.sampleId, run.name)),
  );
  const all = (await keptSamples(root)).filter(({ folder }) => !filling.has(folder));
  const oldestMs = (days: number | null): number =>
    days === null ? Number.NEGATIVE_INFINITY : store.keptRows.olderThan(days, nowMs);
  const reports = surplus(all, ({ bytes }) => bytes, {
    oldestMs: oldestMs(reportsDays),
    gigabytes: reportsGb,
  });
  const gone = new Set(reports);
  const overlays = surplus(
    all.filter((sample) => !gone.has(sample)),
    ({ overlaysBytes }) => overlaysBytes,
    { oldestMs: oldestMs(overlaysDays), gigabytes: overlaysGb },
  );
  let freedBytes = 0;
  const deleted = { reports: 0, overlays: 0 };
  for (const [kind, samples] of Object.entries({ reports, overlays }) as [
    'reports' | 'overlays',
    KeptSample[],
  ][]) {
    for (const { folder, bytes, overlaysBytes } of samples) {
      if (isStopping()) break;
      await (kind === 'reports' ? deleteReport(folder) : deletePictures(folder));
      freedBytes += kind === 'reports' ? bytes : overlaysBytes;
      deleted[kind] += 1;
    }
  }
  if (deleted.reports + deleted.overlays === 0) return;
  const kept = all.length - deleted.reports;
  logger.info({ folder: root, ...deleted, freedBytes, kept }, 'old files of samples deleted (retention)');
}

async function deleteReport(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  // Only where it was the last of its sample.
  await rmdir(dirname(folder)).catch(() => {});
}

async function deletePictures(folder: string): Promise<void> {
  for (const name of TILE_PICTURES) await rm(join(folder, name), { recursive: true, force: true });
}
