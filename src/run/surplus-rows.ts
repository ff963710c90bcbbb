import { setTimeout as pause } from 'node:timers/promises';
import { bytesText } from '../report/night/conditions.ts';
import { sampleFolder, writtenRevision } from '../report/sample/sample-files.ts';
import type { OldRun } from '../store/kept-rows.ts';
import type { RetentionParts } from './surplus-files.ts';

/** What a step may hold up results for is some 20 ms on a slow disk. */
const PARTICLES_A_STEP = 2_000;
const PAGES_A_STEP = 500;
/** Between two steps whoever else writes has its turn. */
const BETWEEN_STEPS_MS = 20;
/** Where more messages wait than this, the broker is away, and nothing is deleted. */
const WAITING_MOST = 1_000;

/**
 * Deletes the particles of runs that ended longer ago than `retention.rowsDays`, in small steps; what a step leaves is deleted
 * after the next start. A run stays while messages, mails, files or tiles of it wait, and so does the newest.
 */
export async function deleteOldRows(
  parts: RetentionParts,
  nowMs: number,
  isStopping: () => boolean = () => false,
): Promise<void> {
  const { store, logger } = parts;
  const { rowsDays } = parts.config.retention;
  if (rowsDays !== null) await closeOldRuns(parts, rowsDays, nowMs, isStopping);
  let runs = 0;
  for (const runId of store.keptRows.beingDeleted()) {
    while (!isStopping() && store.keptRows.deleteSome(runId, PARTICLES_A_STEP)) await pause(BETWEEN_STEPS_MS);
    if (isStopping()) return;
    runs += 1;
    await pause(BETWEEN_STEPS_MS);
  }
  if (runs > 0) logger.info({ runs }, 'particles of old runs deleted (retention.rowsDays); summaries stay');
}

async function closeOldRuns(
  parts: RetentionParts,
  rowsDays: number,
  nowMs: number,
  isStopping: () => boolean,
): Promise<void> {
  const { keptRows, mails } = parts.store;
  const topics = keptRows.waitingTopics(WAITING_MOST);
  // A night's mail shows particles.
  if (topics === null || mails.waiting().length > 0) return;
  const beforeMs = keptRows.olderThan(rowsDays, nowMs);
  let run = keptRows.nextOld(0, beforeMs);
  for (; run !== undefined && !isStopping(); run = keptRows.nextOld(run.id, beforeMs)) {
    const ofRun = `/sample/${run.sampleId}/run/${run.name}/`;
    if (topics.some((topic) => topic.includes(ofRun)) || (await owesFiles(parts, run))) continue;
    keptRows.close(run.id, beforeMs, rowsDays);
    await pause(BETWEEN_STEPS_MS);
  }
}

/** Of older runs without files somebody has deleted them. */
async function owesFiles({ config: { report } }: RetentionParts, run: OldRun): Promise<boolean> {
  if (report.folder === null) return false;
  const written = await writtenRevision(sampleFolder(report.folder, run.sampleId, run.name));
  return written < run.revision && (run.isRecent || written > 0);
}

/** Gives empty pages of the database file back to the disk, in small steps. */
export async function giveRoomBack(
  { store: { fileSize }, logger }: Pick<RetentionParts, 'store' | 'logger'>,
  isStopping: () => boolean = () => false,
): Promise<void> {
  const before = fileSize.bytes();
  while (!isStopping() && fileSize.giveBack(PAGES_A_STEP)) await pause(BETWEEN_STEPS_MS);
  const freedBytes = before - fileSize.bytes();
  if (freedBytes <= 0) return;
  fileSize.checkpoint();
  logger.info({ freedBytes }, `the database file is ${bytesText(freedBytes)} smaller`);
}
