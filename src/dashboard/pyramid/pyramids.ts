import { stat } from 'node:fs/promises';
import { messageOf } from '../../errors.ts';
import { freeBytesOf } from '../../health/disk-room.ts';
import type { Logger } from '../../logger.ts';
import { sampleFolder } from '../../report/sample/sample-files.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { PyramidState } from '../api/pyramid.ts';
import type { DashboardSettings } from '../settings.ts';
import { withoutFolders } from '../shown/without-folders.ts';
import { levelSize } from './plan.ts';
import { type PlannedRun, planOfRun } from './plan-of-run.ts';
import { noteRevision, picturePath, type WrittenPyramid, writtenPyramid } from './pyramid-files.ts';
import { type PyramidMaker, startPyramidMaker } from './pyramid-maker.ts';

/** The grids of finished runs as zoomable pictures, each made once, one at a time, in the background. */
export interface Pyramids {
  /** What there is of a run; where it is missing or older than the tiles, the next to be made is it. */
  state(run: StoredRun): Promise<PyramidState>;
  /** The run has another summary: its pyramid is made after those that somebody waits for. */
  due(sampleId: string, runName: string): void;
  /** The file of a picture; null where no files of samples are kept. It may not be there. */
  pictureFile(run: StoredRun, key: string, at: PictureSite): string | null;
  close(): void;
}

export interface PictureSite {
  readonly level: number;
  readonly row: number;
  readonly column: number;
}

type Settings = Pick<DashboardSettings, 'storeFile' | 'exportFolder' | 'reportFolder' | 'pyramidFreeGb'>;

const GB = 1e9;
/** What could not be made of the same tiles is tried again after so long, when somebody asks. */
const RETRY_MS = 600_000;

interface Failure {
  readonly key: string;
  readonly reason: string;
  readonly atMs: number;
}

export function startPyramids(
  { storeFile, exportFolder, reportFolder, pyramidFreeGb }: Settings,
  store: StoreReader,
  logger: Logger,
  maker: PyramidMaker = startPyramidMaker(),
): Pyramids {
  const waiting: number[] = [];
  const failures = new Map<number, Failure>();
  let making: { readonly runId: number; placesDone: number } | null = null;

  function next(): void {
    if (making !== null || reportFolder === null) return;
    const runId = waiting.shift();
    if (runId === undefined) return;
    const now = { runId, placesDone: 0 };
    making = now;
    void make(reportFolder, now).finally(() => {
      making = null;
      next();
    });
  }

  async function make(folder: string, now: { readonly runId: number; placesDone: number }): Promise<void> {
    const run = store.runs.get(now.runId);
    if (!run) return;
    const runFolder = sampleFolder(folder, run.sampleId, run.name);
    let key = '';
    try {
      if (run.state === 'filling' || (await missing(runFolder))) return;
      const { plan, revision } = planOfRun(store, run.id, runFolder);
      key = plan.key;
      const written = await writtenPyramid(runFolder);
      // The same tiles in a new revision.
      if (written?.key === key) return await noteRevision(runFolder, { ...written, revision });
      await requireRoom(folder);
      const order = { storeFile, runId: run.id, runFolder, exportFolder };
      await maker.make(order, (placesDone) => {
        now.placesDone = placesDone;
      });
      failures.delete(run.id);
      logger.info({ sample: run.sampleLabel, folder: runFolder }, 'live page: picture of the grid made');
    } catch (error) {
      const reason = messageOf(error);
      failures.set(run.id, { key, reason, atMs: Date.now() });
      logger.warn(
        { sample: run.sampleLabel, folder: runFolder, err: reason },
        'live page: picture of the grid not made',
      );
    }
  }

  async function requireRoom(folder: string): Promise<void> {
    const freeBytes = await freeBytesOf(folder);
    if (freeBytes === null || freeBytes >= pyramidFreeGb * GB) return;
    throw new Error(
      `the disk of report.folder has ${(freeBytes / GB).toFixed(1)} GB free, less than ${pyramidFreeGb} GB (disk.overlaysFreeGb); make room`,
    );
  }

  /** The next, or all the same where it waits already. */
  function first(runId: number): void {
    if (making?.runId === runId) return;
    const at = waiting.indexOf(runId);
    if (at >= 0) waiting.splice(at, 1);
    waiting.unshift(runId);
    next();
  }

  function stateOf(
    run: StoredRun,
    written: WrittenPyramid | null,
    { plan, revision }: PlannedRun,
  ): PyramidState {
    const isCurrent = written?.key === plan.key;
    const failure = failures.get(run.id);
    const isHopeless = failure?.key === plan.key && Date.now() - failure.atMs < RETRY_MS;
    if (!(isCurrent && written.revision === revision) && !isHopeless) first(run.id);
    if (written !== null) return ready(written, isCurrent);
    if (isHopeless) return { state: 'none', reason: withoutFolders(failure.reason) };
    const placesDone = making?.runId === run.id ? making.placesDone : 0;
    return { state: 'being-made', places: plan.grid.rows * plan.grid.columns, placesDone };
  }

  return {
    async state(run) {
      if (reportFolder === null) return none('report.folder is null, so that no files of samples are kept');
      if (run.state === 'filling') return none('it is made once the run has ended');
      const runFolder = sampleFolder(reportFolder, run.sampleId, run.name);
      if (await missing(runFolder)) {
        return none('the files of the run are not written yet, or were deleted (retention, report.folder)');
      }
      try {
        return stateOf(run, await writtenPyramid(runFolder), planOfRun(store, run.id, runFolder));
      } catch (error) {
        return none(withoutFolders(messageOf(error)));
      }
    },
    due(sampleId, runName) {
      const run = store.runs.named(sampleId, runName);
      if (!run || run.state === 'filling' || waiting.includes(run.id)) return;
      waiting.push(run.id);
      next();
    },
    pictureFile: (run, key, at) =>
      reportFolder === null ? null : picturePath(sampleFolder(reportFolder, run.sampleId, run.name), key, at),
    close() {
      waiting.length = 0;
      maker.close();
    },
  };
}

function ready(written: WrittenPyramid, current: boolean): PyramidState {
  const grid = { rows: written.rows, columns: written.columns };
  const { widthPx, heightPx } = levelSize({ ...written, grid }, written.levels - 1);
  return { state: 'ready', ...written, current, widthPx, heightPx };
}

function none(reason: string): PyramidState {
  return { state: 'none', reason };
}

async function missing(folder: string): Promise<boolean> {
  const stats = await stat(folder).catch(() => null);
  return !stats?.isDirectory();
}
