import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../errors.ts';
import { chooseModel } from '../inference/model/choose-model.ts';
import { progressMessage, type Sender, tileMessage } from '../publish/compose.ts';
import { overlayPath, sampleFolder } from '../report/sample/sample-files.ts';
import { rememberingLayout } from '../run/digest.ts';
import { createRunResults } from '../run/results.ts';
import { SegmenterUnavailableError } from '../segmenter/channel.ts';
import type { TileResult } from '../segmenter/port.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { StoredRun } from '../store/runs.ts';
import type { ModelUse, StoredTile } from '../store/stored-tile.ts';
import { softwareVersion } from '../version.ts';
import { isStill } from '../watcher/file-state.ts';
import { type ReadTile, readTile } from '../watcher/read-tile.ts';
import { createErrorBoundary } from './error-boundary.ts';
import { type ModelOfTile, modelOfTile } from './model-of-tile.ts';
import { rememberTile } from './run-of-tile.ts';
import { createSetAside, segmentingFault } from './set-aside.ts';
import type { PipelineParts } from './walk-parts.ts';

const STOP_GRACE_MS = 5000;

/** The walk of every tile. Nothing in it throws: what goes wrong with a file is said, and the rest go on. */
export interface Pipeline {
  /** A finished file was found. */
  arrive(path: string): void;
  /** Takes up what a stopped or killed daemon left: waiting tiles, due summaries, missing files. */
  resume(): void;
  /** Time has passed: runs that have fallen silent end. */
  tick(): void;
  /** A controller said something new of the run: work to do, or only another summary. */
  changed(runId: number): void;
  /** Writes the files of a run's latest revision anew. @returns their folder */
  writeFilesAnew(runId: number): Promise<string>;
  /** What tiles wait for now, in words: a store that can be written, a segmenter. */
  troubles(): string[];
  /** Resolves once every file that has arrived is segmented or given up and every due summary is written. */
  idle(): Promise<void>;
  /** Ends every filling run as it is; for a folder that gets no more tiles. */
  finish(): Promise<void>;
  /** Takes nothing new and waits a little for what is under way; the rest goes on at the next start. */
  stop(): Promise<void>;
}

export function createPipeline(parts: PipelineParts): Pipeline {
  const { config, store, logger } = parts;
  const layoutOf = rememberingLayout();
  const results = createRunResults(parts, sender);
  const setAside = createSetAside(parts, sender);
  const inFlight = new Map<number, Promise<void>>();
  let arrivals: Promise<void> = Promise.resolve();
  let stopping = false;
  const idleWaiters: (() => void)[] = [];
  const boundary = createErrorBoundary(logger, () => stopping);
  const { guarded, persistently, sayAndPause } = boundary;

  function sender(): Sender {
    return { instrument: config.instrument.name, softwareVersion, at: new Date() };
  }

  // 1. A file is read, placed in its run and remembered. One after another, so that their order stays.
  async function admit(path: string): Promise<void> {
    if (stopping) return;
    const known = store.files.get(path);
    if (known && (await isStill(known, path))) return; // nothing to hash again
    try {
      const tile = await readTile(path, { displayWidthDefaultM: config.instrument.displayWidthM });
      chooseModel(parts.models, tile.metadata.magnification, path);
      await persistently(() => remember(tile));
    } catch (error) {
      await persistently(() => setAside(path, error));
    }
  }

  function remember(tile: ReadTile): void {
    const remembered = rememberTile(store, tile, Date.now());
    if (!remembered) return;
    const { run, bereavedRunId } = remembered;
    if (bereavedRunId !== null) results.changed(bereavedRunId);
    logger.info({ path: tile.file.path, run: run.name, sample: run.sampleLabel }, 'tile seen');
  }

  // 2. Waiting tiles go to the segmenter, as many at once as it takes.
  function dispatch(): void {
    const free = stopping ? 0 : parts.capacity - inFlight.size;
    for (const tile of free > 0 ? store.tiles.nextWaiting(free, inFlight.keys()) : []) {
      const done = segment(tile)
        .catch(sayAndPause)
        .then(() => {
          inFlight.delete(tile.id);
          guarded(dispatch);
          guarded(announceIdle);
        });
      inFlight.set(tile.id, done);
    }
  }

  function modelOf(tile: StoredTile): ModelOfTile {
    return modelOfTile(parts.models, runById(tile.runId).analysis, tile);
  }

  async function segment(tile: StoredTile): Promise<void> {
    try {
      const model = modelOf(tile);
      const result = await parts.segmenter.segment({
        path: tile.file.path,
        databarHeightPx: tile.metadata.databarHeightPx,
        pixelSizeNm: tile.metadata.pixelSizeNm,
        stagePositionUm: tile.metadata.stagePositionUm,
        model: model.name,
        thresholds: model.thresholds,
        overlayPath: overlayOf(tile),
      });
      boundary.segmenterWorks();
      await persistently(() => {
        // Where another way is asked for meanwhile, the tile still waits.
        if (!isDeepStrictEqual(model, modelOf(tile))) return;
        record(tile, result, { ...result.model, thresholds: model.thresholds });
      });
    } catch (error) {
      // Without a segmenter the tile waits: it is not its fault.
      if (error instanceof SegmenterUnavailableError) return sayAndPause(error);
      boundary.segmenterWorks();
      await persistently(() => fail(tile, error));
    }
  }

  function overlayOf(tile: StoredTile): string | null {
    if (!config.report.overlays || config.report.folder === null) return null;
    const run = runById(tile.runId);
    return overlayPath(
      sampleFolder(config.report.folder, run.sampleId, run.name),
      tile.file.path,
      tile.file.contentHash,
    );
  }

  // 3. A result and what is said of it are written together; only then is it a result.
  function record(tile: StoredTile, result: TileResult, model: ModelUse): void {
    const { particles, durationsMs, looks, limitsReached } = result;
    const segmented = { particles, model, quality: { ...result.quality }, sight: { looks, limitsReached } };
    const { site, progress, run } = placeInRun(tile, { segmented: tile.again ? 0 : 1, failed: 0 });
    const message = tileMessage(sender(), run, tile, site, segmented);
    if (!store.results.recordResult(tile.id, { ...segmented, site }, [message, progress])) return;
    const facts = { path: tile.file.path, particles: particles.length, looks, durationsMs };
    if (limitsReached.length > 0)
      logger.warn({ ...facts, limitsReached }, 'tile segmented, particles may be missing');
    else logger.info(facts, 'tile segmented');
    results.changed(run.id);
    parts.onMessage();
  }

  function fail(tile: StoredTile, error: unknown): void {
    if (stopping) return; // not the tile's fault: it waits for the next start
    const reason = messageOf(error);
    const final = tile.attempts + 1 >= config.segmenter.attempts;
    // What was segmented before keeps its earlier result, so nobody is told of a tile given up.
    const lost = final && !tile.again;
    const messages: OutboxMessage[] = [];
    if (lost) {
      const { site, progress, run } = placeInRun(tile, { segmented: 0, failed: 1 });
      messages.push(tileMessage(sender(), run, tile, site, { reason }), progress);
    }
    if (!store.results.recordFailure(tile.id, { reason, final }, messages)) return;
    const given = lost ? 'tile given up' : 'tile keeps its earlier result';
    const attempt = tile.attempts + 1;
    logger.warn({ path: tile.file.path, attempt, reason }, final ? given : 'tile failed, tried again');
    if (lost) setAside(tile.file.path, segmentingFault(tile.file.path, error));
    if (!final) return;
    results.changed(tile.runId);
    parts.onMessage();
  }

  function placeInRun(tile: StoredTile, now: { segmented: number; failed: number }) {
    const run = runById(tile.runId);
    const { coverage, sites } = layoutOf(store.tiles.placesOfRun(run.id), results.expectedOf(run));
    const counts = store.tiles.countByState(run.id);
    const tiles = {
      waiting: counts.seen + store.tiles.countAgain(run.id) - 1,
      segmented: counts.segmented + now.segmented,
      failed: counts.failed + now.failed,
    };
    return {
      run,
      site: sites.get(tile.id) ?? null,
      progress: progressMessage(sender(), run, run.state, coverage, tiles),
    };
  }

  function runById(id: number): StoredRun {
    const run = store.runs.get(id);
    if (!run) throw new Error(`the store has no run ${id}, though a tile belongs to it`);
    return run;
  }

  function isIdle(): boolean {
    return inFlight.size === 0 && store.tiles.countByState().seen + store.tiles.countAgain() === 0;
  }

  function announceIdle(): void {
    if (idleWaiters.length === 0 || !isIdle()) return;
    for (const resolve of idleWaiters.splice(0)) resolve();
  }

  const pipeline: Pipeline = {
    arrive(path) {
      arrivals = arrivals
        .then(() => admit(path))
        .catch((error: unknown) => sayAndPause(error).then(() => pipeline.arrive(path)))
        .then(() => guarded(dispatch));
    },
    resume() {
      guarded(() => results.resume());
      guarded(dispatch);
    },
    tick() {
      guarded(dispatch);
      guarded(() => results.endSilentRuns(Date.now()));
    },
    writeFilesAnew: results.writeFilesAnew,
    changed(runId) {
      results.changed(runId);
      guarded(dispatch);
    },
    troubles: boundary.troubles,
    async idle() {
      for (let last = null; last !== arrivals; await last) last = arrivals;
      if (!isIdle()) await new Promise<void>((resolve) => idleWaiters.push(resolve));
      await results.idle();
    },
    async finish() {
      await pipeline.idle();
      results.endSilentRuns(Number.POSITIVE_INFINITY);
      await results.idle();
    },
    async stop() {
      stopping = true;
      const underWay = Promise.all([arrivals, ...inFlight.values()]).then(() => results.stop());
      await Promise.race([underWay, new Promise((resolve) => setTimeout(resolve, STOP_GRACE_MS).unref())]);
    },
  };
  return pipeline;
}
