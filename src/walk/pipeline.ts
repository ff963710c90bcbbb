import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { enoughRoom } from '../health/disk-room.ts';
import { chooseModel } from '../inference/model/choose-model.ts';
import type { Sender } from '../publish/compose.ts';
import { overlayPath, sampleFolder } from '../report/sample/sample-files.ts';
import { createRunResults } from '../run/results.ts';
import { SegmenterUnavailableError } from '../segmenter/channel.ts';
import type { SegmentTask } from '../segmenter/port.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import { softwareVersion } from '../version.ts';
import { isStill } from '../watcher/file-state.ts';
import { readTile } from '../watcher/read-tile.ts';
import { createErrorBoundary } from './error-boundary.ts';
import { lookAgainAtGivenUp } from './given-up-tiles.ts';
import { type ModelOfTile, modelOfTile } from './model-of-tile.ts';
import { rememberTile } from './remember-tile.ts';
import { runOf } from './run-of-tile.ts';
import { createSetAside } from './set-aside.ts';
import { createTileResults } from './tile-results.ts';
import { createTilesUnderWay } from './tiles-under-way.ts';
import { requireUnchanged } from './unchanged-file.ts';
import type { PipelineParts } from './walk-parts.ts';

/** The whole daemon stops within 5 s; a tile that takes longer waits for the next start. */
const STOP_GRACE_MS = 2000;

/** A segmenter that hangs in its nightly check, and the next one in a tile, take the timeout each; a new one takes this. */
const NEW_SEGMENTER_MS = 150_000;

const ROOM_LOOK_MS = 250;

/** The walk of every tile. Nothing in it throws: what goes wrong with a file is said, and the rest go on. */
export interface Pipeline {
  /** A finished file was found. */
  arrive(path: string): void;
  /** Takes up what a stopped or killed daemon left: waiting tiles, due summaries, missing files; tiles given up, once. */
  resume(): void;
  /** Time has passed: runs that have fallen silent end. */
  tick(): void;
  /** A controller said something new of the run: work to do, or only another summary. */
  changed(runId: number): void;
  /** Writes the files of a run's latest revision anew. @returns their folder */
  writeFilesAnew(runId: number): Promise<string>;
  /** What tiles wait for now, in words: a store that can be written, a segmenter. */
  troubles(): string[];
  /** False where tiles wait and none has ended for longer than segmenters are given. */
  isGoingOn(): boolean;
  /** Resolves once every file that has arrived is segmented or given up and every due summary is written. */
  idle(): Promise<void>;
  /** Ends every filling run as it is; for a folder that gets no more tiles. */
  finish(): Promise<void>;
  /** Takes nothing new and waits a little for what is under way; the rest goes on at the next start. */
  stop(): Promise<void>;
}

export function createPipeline(parts: PipelineParts): Pipeline {
  const { config, store, logger, room = enoughRoom } = parts;
  const sender = (): Sender => ({ instrument: config.instrument.name, softwareVersion, at: new Date() });
  let stopping = false;
  let waitedForRoom = false;
  const boundary = createErrorBoundary(logger, () => stopping);
  const { guarded, persistently, sayAndPause } = boundary;
  const results = createRunResults(parts, sender);
  const tileResults = createTileResults(parts, results, sender);
  const setAside = createSetAside(parts, sender);
  const underWay = createTilesUnderWay({
    store,
    capacity: parts.capacity,
    mayBegin: () => room.forTiles,
    segment,
    boundary,
  });
  let arrivals: Promise<void> = Promise.resolve();

  // 1. A file is read, placed in its run and remembered. One after another, so that their order stays.
  async function admit(path: string): Promise<void> {
    while (!room.forTiles && !stopping) await pause(ROOM_LOOK_MS);
    if (stopping) return;
    const known = store.files.get(path);
    if (known && (await isStill(known, path))) return; // nothing to hash again
    try {
      const tile = await readTile(path, {
        displayWidthDefaultM: config.instrument.displayWidthM,
        within: config.watch.folder,
      });
      chooseModel(parts.models, tile.metadata.magnification, path);
      await persistently(() => {
        const remembered = rememberTile(store, config, tile, Date.now());
        if (!remembered) return;
        const { run, bereavedRunId } = remembered;
        results.arrived(run.id);
        if (bereavedRunId !== null) results.changed(bereavedRunId);
        logger.info({ path, run: run.name, sample: run.sampleLabel }, 'tile seen');
      });
    } catch (error) {
      await persistently(() => setAside(path, error));
    }
  }

  // 2. Waiting tiles go to the segmenter, as many at once as it takes.
  async function segment(tile: StoredTile): Promise<void> {
    try {
      const model = modelOf(tile);
      const result = await parts.segmenter.segment(taskOf(tile, model));
      boundary.segmenterWorks();
      await requireUnchanged(store, tile);
      // 3. What is found and what is said of it are written together.
      await persistently(() => {
        // Where another way is asked for meanwhile, the tile still waits.
        if (!isDeepStrictEqual(model, modelOf(tile))) return;
        tileResults.record(tile, result, { ...result.model, thresholds: model.thresholds });
      });
    } catch (error) {
      // Without a segmenter the tile waits: it is not its fault.
      if (error instanceof SegmenterUnavailableError) return sayAndPause(error);
      boundary.segmenterWorks();
      await persistently(() => {
        if (!stopping) tileResults.fail(tile, error); // else not the tile's fault: it waits for the next start
      });
    }
  }

  function modelOf(tile: StoredTile): ModelOfTile {
    return modelOfTile(parts.models, runOf(store, tile).analysis, tile);
  }

  function taskOf(tile: StoredTile, model: ModelOfTile): SegmentTask {
    const { databarHeightPx, pixelSizeNm, stagePositionUm } = tile.metadata;
    const { name, thresholds } = model;
    const { path } = tile.file;
    return {
      ...{ path, databarHeightPx, pixelSizeNm, stagePositionUm },
      ...{ model: name, thresholds, overlayPath: overlayOf(tile) },
      overlayKind: config.report.overlayKind,
    };
  }

  function overlayOf(tile: StoredTile): string | null {
    const { folder, overlays } = config.report;
    if (!overlays || folder === null || !room.forOverlays) return null;
    const { sampleId, name } = runOf(store, tile);
    return overlayPath(sampleFolder(folder, sampleId, name), tile.file.path, tile.file.contentHash);
  }

  // 4. Each change makes its run's summary due, and a run that has ended its files: `results`.
  const pipeline: Pipeline = {
    arrive(path) {
      arrivals = arrivals
        .then(() => admit(path))
        .catch((error: unknown) => sayAndPause(error).then(() => pipeline.arrive(path)))
        .then(() => guarded(underWay.dispatch));
    },
    resume() {
      guarded(results.resume);
      guarded(underWay.dispatch);
      arrivals = arrivals
        .then(() => (stopping ? undefined : lookAgainAtGivenUp(parts)))
        .catch((error: unknown) => sayAndPause(error))
        .then(() => guarded(underWay.dispatch));
    },
    tick() {
      guarded(underWay.dispatch);
      // A run whose tiles wait for room has not fallen silent, nor in the moment when they go on.
      if (room.forTiles && !waitedForRoom) guarded(results.endSilentRuns);
      else guarded(results.breakSilence);
      waitedForRoom = !room.forTiles;
      if (room.forReports) guarded(results.writeOwedFiles);
    },
    writeFilesAnew: results.writeFilesAnew,
    changed(runId) {
      results.changed(runId);
      guarded(underWay.dispatch);
    },
    troubles() {
      const short = room.trouble();
      return short === null ? boundary.troubles() : [short, ...boundary.troubles()];
    },
    isGoingOn: () => underWay.silentForMs() <= 2000 * config.segmenter.timeoutS + NEW_SEGMENTER_MS,
    async idle() {
      for (let last = null; last !== arrivals; await last) last = arrivals;
      await underWay.idle();
      await results.idle();
    },
    async finish() {
      await pipeline.idle();
      results.endAllRuns();
      await results.idle();
    },
    async stop() {
      stopping = true;
      underWay.stop();
      const ended = Promise.all([arrivals, underWay.settled()]).then(results.stop);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_GRACE_MS).unref())]);
    },
  };
  return pipeline;
}
