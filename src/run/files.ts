import { messageOf } from '../errors.ts';
import { enoughRoom } from '../health/disk-room.ts';
import { nightScheduleOf } from '../report/night/schedule.ts';
import { sampleFolder, writtenRevision } from '../report/sample/sample-files.ts';
import { updateIndex } from '../report/samples-index/write-index.ts';
import type { RunParts } from './parts.ts';

/** Keeps the files of each finished run up to date with its summary, beside the walk of the tiles. */
export interface RunFiles {
  /** The run has a final summary. */
  due(runId: number): void;
  /**
   * Writes the files of the run's latest revision, whatever stands there.
   * @returns their folder
   */
  writeAnew(runId: number): Promise<string>;
  /** Files that a stopped or killed daemon owes. */
  resume(): void;
  /** Files that waited for room on the disk. */
  writeOwed(): void;
  /** Files of all ended runs that are missing or of an earlier revision. */
  writeMissing(): void;
  /** Resolves once nothing is due. */
  idle(): Promise<void>;
  /** Begins no further run; resolves when the files under way are written. */
  stop(): Promise<void>;
}

type Parts = Pick<RunParts, 'config' | 'store' | 'reporter' | 'logger' | 'room'>;

const RUNS_WITH_OWED_FILES = 20;
/** Of many samples that are written one after another: the index reads and writes all that lie there. */
const INDEX_MS = 60_000;

export function createRunFiles({ config, store, reporter, logger, room = enoughRoom }: Parts): RunFiles {
  const due = new Set<number>();
  const owed = new Set<number>();
  let working: Promise<void> | null = null;
  let writing: Promise<unknown> = Promise.resolve();
  let indexing: Promise<void> = Promise.resolve();
  let stopping = false;

  function noteDue(runId: number): void {
    if (config.report.folder === null || stopping) return;
    if (!room.forReports) {
      owed.add(runId);
      return;
    }
    due.add(runId);
    working ??= work(config.report.folder);
  }

  async function work(reportFolder: string): Promise<void> {
    let indexedAtMs = performance.now();
    let isIndexOwed = false;
    for (const runId of due) {
      if (stopping) break;
      due.delete(runId); // a newer summary may make it due again
      // A stop leaves it to the next start, as it does the files of the rest.
      isIndexOwed = (await writeFiles(reportFolder, runId)) || isIndexOwed;
      if (!isIndexOwed || (due.size > 0 && performance.now() - indexedAtMs < INDEX_MS)) continue;
      await renewIndex(reportFolder);
      indexedAtMs = performance.now();
      isIndexOwed = false;
    }
    working = null;
  }

  /** @returns whether it has written any */
  async function writeFiles(reportFolder: string, runId: number): Promise<boolean> {
    let folder = reportFolder;
    try {
      const run = store.runs.get(runId);
      // One that fills again gets its files with its next final summary.
      if (!run || run.state === 'filling' || run.rowsDeletedAfterDays !== null) return false;
      folder = sampleFolder(reportFolder, run.sampleId, run.name);
      if ((await writtenRevision(folder)) >= run.revision) return false;
      await write(runId);
      logger.info({ sample: run.sampleLabel, folder }, 'files of the sample written');
      return true;
    } catch (error) {
      const err = messageOf(error);
      if (stopping) logger.info({ folder, err }, 'files of the sample are left to the next start');
      else logger.error({ folder, err }, 'files of the sample not written; check report.folder and the disk');
      return false;
    }
  }

  /** One after another: a command may ask for files that are just being written. */
  function write(runId: number): Promise<string> {
    const written = writing.then(async () => {
      const run = store.runs.get(runId);
      if (!run || run.revision === 0) throw new Error('there is no summary yet; one follows its first tile');
      if (config.report.folder === null)
        throw new Error('report.folder is null, so no files are kept; set it');
      const folder = sampleFolder(config.report.folder, run.sampleId, run.name);
      await reporter.write({ runId, folder });
      return folder;
    });
    writing = written.catch(() => {});
    return written;
  }

  /** The files of a sample are whole without it: it is written anew with the next sample, or at the next start. */
  async function renewIndex(folder: string): Promise<void> {
    try {
      await updateIndex(folder, nightScheduleOf(config.mail).timeZone);
    } catch (error) {
      const err = messageOf(error);
      logger.warn({ folder, err }, 'index.html of all samples not written; check report.folder and the disk');
    }
  }

  return {
    due: noteDue,
    async writeAnew(runId) {
      const folder = await write(runId);
      if (config.report.folder !== null) await renewIndex(config.report.folder);
      return folder;
    },
    writeOwed() {
      for (const runId of [...owed]) {
        owed.delete(runId);
        noteDue(runId);
      }
    },
    writeMissing() {
      for (const { id, state } of store.runs.all()) if (state !== 'filling') noteDue(id);
    },
    resume() {
      const { folder } = config.report;
      // Samples may have come or gone since an index was written last, by hand or in a crash.
      if (folder !== null) indexing = renewIndex(folder);
      // Of the latest runs only: a folder that somebody removed since is not made anew at each start.
      for (const { id, state } of store.runs.latest(RUNS_WITH_OWED_FILES)) {
        if (state !== 'filling') noteDue(id);
      }
    },
    async idle() {
      while (working) await working;
      await indexing;
    },
    async stop() {
      stopping = true;
      await working;
      await indexing;
    },
  };
}
