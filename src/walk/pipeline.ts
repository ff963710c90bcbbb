import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { UnusableFileError } from '../errors.ts';
import { createGroupedWarnings } from '../grouped-warnings.ts';
import { enoughRoom } from '../health/disk-room.ts';
import { chooseModel } from '../inference/model/choose-model.ts';
import type { Sender } from '../publish/compose.ts';
import { topicNames } from '../publish/topics.ts';
import { createRunResults } from '../run/results.ts';
import { SegmenterUnavailableError } from '../segmenter/channel.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import { softwareVersion } from '../version.ts';
import { FolderAwayError, localTileFiles } from '../watcher/tile-files.ts';
import { createErrorBoundary } from './error-boundary.ts';
import { isKeptOutStill, takeOut } from './exposed-images.ts';
import { createFilesSetAside } from './files-set-aside.ts';
import { lookAgainAtGivenUp } from './given-up-tiles.ts';
import { inversePairOf } from './inverse-pair.ts';
import { KeptOutError } from './kept-out.ts';
import { type ModelOfTile, modelOfTile } from './model-of-tile.ts';
import { rememberTile } from './remember-tile.ts';
import { runOf } from './run-of-tile.ts';
import { segmentTask } from './segment-task.ts';
import { createSetAside } from './set-aside.ts';
import { createShadowTiles } from './shadow-tiles.ts';
import { createTileResults } from './tile-results.ts';
import { createTilesUnderWay } from './tiles-under-way.ts';
import { createTwins } from './twins.ts';
import { createWaitingForFiles } from './waiting-for-files.ts';
import type { Pipeline, PipelineParts } from './walk-parts.ts';

/** The whole daemon stops within 5 s; a tile that takes longer waits for the next start. */
const STOP_GRACE_MS = 2000;
const AWAY_PAUSE_MS = 1000;
const ROOM_LOOK_MS = 250;

export function createPipeline(parts: PipelineParts): Pipeline {
  const { config, store, logger, room = enoughRoom } = parts;
  const { watch, instrument } = config;
  const { displayWidthM: displayWidthDefaultM, pixelSizeNm } = instrument;
  const { folder } = watch;
  const { files = localTileFiles({ folder, displayWidthDefaultM, pixelSizeNm, patterns: watch }) } = parts;
  const sender = (): Sender => ({ ...topicNames(config), softwareVersion, at: new Date() });
  let stopping = false;
  let waitedForRoom = false;
  const boundary = createErrorBoundary(logger, () => stopping);
  const { guarded, persistently, sayAndPause } = boundary;
  const results = createRunResults(parts, sender);
  const warnings = createGroupedWarnings(logger, 'file set aside', 'files set aside');
  const twins = createTwins(files, logger);
  const setAside = createSetAside(parts, warnings, sender);
  const isOpen = (): boolean => room.forTiles && files.isThere();
  const shadow = createShadowTiles(parts, isOpen);
  const tileResults = createTileResults(parts, results, sender, setAside, shadow.modelFor);
  const waiting = createWaitingForFiles({ ...parts, files, readAgain: (path) => arrive(path, true) });
  const filesSetAside = createFilesSetAside({
    ...{ files, store, guarded, logger },
    arrive: (path) => arrive(path),
    setAside: (path, fault) => void setAside(path, fault, null),
  });
  const underWay = createTilesUnderWay({
    ...{ store, capacity: parts.capacity, boundary, isOpen },
    segment: (tile) => shadow.during(() => segment(tile)),
    postponed: waiting.postponed,
  });
  let arrivals: Promise<void> = Promise.resolve();

  function arrive(path: string, isChanged = false): void {
    arrivals = arrivals
      .then(() => shadow.during(() => admit(path, isChanged)))
      .catch((error: unknown) => tryAgain(error).then(() => arrive(path, isChanged)))
      .then(() => guarded(underWay.dispatch));
  }

  /** A folder that is away is told by its own condition. */
  async function tryAgain(error: unknown): Promise<void> {
    if (!(error instanceof FolderAwayError)) return sayAndPause(error);
    if (!stopping) await pause(AWAY_PAUSE_MS);
  }

  // 1. A file is read, placed in its run and remembered. One after another, so that their order stays.
  async function admit(path: string, isChanged: boolean): Promise<void> {
    while (!room.forTiles && !stopping) await pause(ROOM_LOOK_MS);
    if (stopping) return;
    if (!isChanged && (await isAsItWas(path))) return; // nothing to hash again
    if (await twins.hasBetter(path)) return;
    const sinceMs = performance.now();
    try {
      const tile = await files.read(path);
      chooseModel(parts.models, tile.metadata.magnification, path);
      const inverse = await inversePairOf(store, files, tile);
      await persistently(() => {
        const nowMs = Date.now();
        const remembered = rememberTile(store, config, tile, nowMs, inverse);
        filesSetAside.usable(path);
        if (!remembered) return;
        const { run, bereavedRunId, exposed, welcome } = remembered;
        results.arrived(run.id);
        takeOut(exposed, { store, setAside, results, nowMs });
        if (bereavedRunId !== null) results.changed(bereavedRunId);
        for (const other of welcome) arrive(other, true);
        logger.info({ path, run: run.name, sample: run.sampleLabel }, 'tile seen');
      });
    } catch (error) {
      if (error instanceof FolderAwayError) throw error;
      await leave(path, error, sinceMs);
    }
  }

  async function isAsItWas(path: string): Promise<boolean> {
    const known = store.files.get(path);
    return (known && (await files.isStill(known, path))) || isKeptOutStill(store, files, path);
  }

  /** Sets a file aside, unless there is none to be set aside. */
  async function leave(path: string, error: unknown, sinceMs: number): Promise<void> {
    const mayBeAway = files.isWatched && error instanceof UnusableFileError && error.code === 'unreadable';
    if (mayBeAway && (await files.gone([path])).length > 0) return; // deleted: it is news when it comes back
    if (mayBeAway && files.wasAwaySince(sinceMs)) throw new FolderAwayError(`${path}: its folder was away`);
    const [state = null] = await files.states([path]);
    await persistently(() => {
      const fault = setAside(path, error, state);
      filesSetAside.note(path, fault);
      const runId = fault instanceof KeptOutError ? fault.keptOut.runId : null;
      if (runId !== null) results.keptOut(runId);
    });
  }

  // 2. Waiting tiles go to the segmenter, as many at once as it takes.
  async function segment(tile: StoredTile): Promise<void> {
    const sinceMs = performance.now();
    try {
      const model = modelOf(tile);
      const result = await parts.segmenter.segment(segmentTask({ ...parts, room }, tile, model));
      boundary.segmenterWorks();
      // 3. What is found and what is said of it are written together.
      waiting.done(tile.id);
      await persistently(() => {
        // Where another way is asked for meanwhile, the tile still waits.
        if (!isDeepStrictEqual(model, modelOf(tile))) return;
        tileResults.record(tile, result, { ...result.model, thresholds: model.thresholds });
      });
    } catch (error) {
      // Without a segmenter the tile waits: it is not its fault.
      if (error instanceof SegmenterUnavailableError) return sayAndPause(error);
      boundary.segmenterWorks();
      const own = await waiting.judge(tile, error, sinceMs);
      if (own === null) return;
      await persistently(() => {
        if (stopping) return; // not the tile's fault: it waits for the next start
        tileResults.fail(tile, own);
        if (store.tiles.get(tile.id)?.state !== 'failed') return;
        waiting.done(tile.id);
        filesSetAside.givenUp(tile.file.path, own);
      });
    }
  }

  function modelOf(tile: StoredTile): ModelOfTile {
    return modelOfTile(parts.models, runOf(store, tile).analysis, tile);
  }

  // 4. Each change makes its run's summary due, and a run that has ended its files: `results`.
  const pipeline: Pipeline = {
    arrive: (path) => arrive(path),
    misnamed: (paths) => guarded(() => filesSetAside.misnamed(paths)),
    resume() {
      guarded(results.resume);
      guarded(shadow.resume);
      guarded(underWay.dispatch);
      arrivals = arrivals
        .then(() => (stopping ? undefined : lookAgainAtGivenUp({ ...parts, files })))
        .catch(tryAgain)
        .then(() => guarded(underWay.dispatch));
    },
    tick() {
      guarded(waiting.tick);
      guarded(filesSetAside.tick);
      guarded(underWay.dispatch);
      shadow.dispatch();
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
    troubles: () => [room.trouble(), ...boundary.troubles()].filter((said) => said !== null),
    filesAwaited: waiting.troubles,
    summaryTrouble: results.trouble,
    isGoingOn: () => underWay.isGoingOn(config.segmenter.timeoutS),
    async admitted() {
      for (let last = null; last !== arrivals; await last) last = arrivals;
    },
    endRunsIn: (folders) => guarded(() => results.endRuns(({ folder }) => folders.has(folder))),
    async idle() {
      await pipeline.admitted();
      await underWay.idle();
      await results.idle();
    },
    async finish() {
      await pipeline.idle();
      results.endRuns();
      await results.idle();
      results.writeMissingFiles();
      await results.idle();
      warnings.flush();
      twins.flush();
    },
    async stop() {
      stopping = true;
      warnings.flush();
      twins.flush();
      shadow.stop();
      underWay.stop();
      const ended = Promise.all([arrivals, underWay.settled()]).then(results.stop);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_GRACE_MS).unref())]);
    },
  };
  return pipeline;
}
