import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { RunState } from '../grid/coverage.ts';
import type { GridSize } from '../grid/coverage-of.ts';
import { runState } from '../grid/run-state.ts';
import { type Sender, siteFields, summaryMessage } from '../publish/compose.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { StoredRun } from '../store/runs.ts';
import type { PipelineParts } from '../walk/walk-parts.ts';
import { assessRun, configuredGoals, goalsOf, type RunAssessment } from './assessment.ts';
import { digestSettings, expectedOf, type RunDigest } from './digest.ts';
import { createRunFiles } from './files.ts';

/** Keeps each run's summary and files up to date with its tiles. */
export interface RunResults {
  /** A tile of the run was segmented, given up or lost. */
  changed(runId: number): void;
  /** Writes the files of the run's latest revision, whatever stands there. @returns their folder */
  writeFilesAnew(runId: number): Promise<string>;
  /** The grid that the run is measured against. */
  expectedOf(run: StoredRun): GridSize | null;
  /** Summaries and files that a stopped or killed daemon owes. */
  resume(): void;
  /** Runs without a tile for the configured time get their final summary. */
  endSilentRuns(nowMs: number): void;
  /** Resolves once no summary and no file is due. */
  idle(): Promise<void>;
  /** Begins nothing further; resolves when what is under way is written. */
  stop(): Promise<void>;
}

type Parts = Pick<PipelineParts, 'config' | 'store' | 'digester' | 'reporter' | 'logger' | 'onMessage'>;

const RETRY_MS = 1000;

export function createRunResults(parts: Parts, sender: () => Sender): RunResults {
  const { config, store, digester, logger } = parts;
  const settings = digestSettings(config);
  const goals = configuredGoals(config);
  const stallAfterMs = config.grid.stallAfterS * 1000;
  const intervalMs = config.mqtt.summaryIntervalS * 1000;
  const due = new Map<number, number>(); // run -> the time as of which its state is judged
  const lastAtMs = new Map<number, number>();
  const lastTiles = new Map<number, string>(); // run -> ids of the tiles in its last summary
  const files = createRunFiles(parts);
  let working: Promise<void> | null = null;
  let stopping = false;

  function stateOf(run: StoredRun, { coverage }: Pick<RunDigest, 'coverage'>, nowMs: number): RunState {
    return runState({
      coverage,
      expected: expectedOf(store, run.sampleId, settings),
      lastTileAtMs: run.lastTileAtMs,
      // What a controller has ended has no silence to wait for.
      nowMs: run.finalisedAtMs === null ? nowMs : Number.POSITIVE_INFINITY,
      stallAfterMs,
    });
  }

  function changed(runId: number, nowMs = Date.now()): void {
    due.set(runId, Math.max(nowMs, due.get(runId) ?? 0));
    if (!stopping) working ??= work();
  }

  async function work(): Promise<void> {
    while (!stopping && due.size > 0) {
      try {
        const runId = [...due.keys()].find(isTimeFor);
        if (runId === undefined) await pause(Math.min(intervalMs, 250));
        else await summariseDue(runId);
      } catch (error) {
        logger.error({ err: messageOf(error) }, 'summary not written; tried again');
        await pause(RETRY_MS);
      }
    }
    working = null;
  }

  async function summariseDue(runId: number): Promise<void> {
    const nowMs = due.get(runId) ?? 0;
    due.delete(runId);
    lastAtMs.set(runId, Date.now());
    try {
      await summarise(runId, nowMs);
    } catch (error) {
      due.set(runId, Math.max(nowMs, due.get(runId) ?? 0));
      throw error;
    }
  }

  /** A partial summary keeps to its interval; a run with nothing left to wait for gets its own at once. */
  function isTimeFor(runId: number): boolean {
    if (Date.now() - (lastAtMs.get(runId) ?? 0) >= intervalMs) return true;
    return store.tiles.countByState(runId).seen === 0;
  }

  async function summarise(runId: number, nowMs: number): Promise<void> {
    if (isAnalysedAgain(runId)) return;
    const digest = await digester.digest(runId);
    const run = store.runs.get(runId);
    if (!run || isAnalysedAgain(runId)) return;
    const state = stateOf(run, digest, nowMs);
    const waiting = digest.tiles.waiting + store.tiles.countAgain(runId);
    const final = state !== 'filling' && waiting === 0;
    const assessment = assessRun(digest, goalsOf(goals, store.expectations.get(run.sampleId)), {
      final,
      sufficientAtMs: run.sufficientAtMs,
      nowMs: Date.now(),
    });
    const facts = {
      final,
      state,
      coverage: digest.coverage,
      failedTiles: digest.failed.map((tile) => ({
        ...siteFields(tile, digest.sites.get(tile.id) ?? null),
        reason: tile.reason ?? '',
      })),
      limitReached: digest.limited.map((tile) => ({
        ...siteFields(tile, digest.sites.get(tile.id) ?? null),
        limits: tile.sight?.limitsReached ?? [],
      })),
      statistics: digest.statistics,
      duplicateCount: digest.duplicateCount,
      ...assessment,
      models: digest.models,
    };
    noteSufficiency(runId, assessment);
    store.tiles.place([...digest.sites].map(([tileId, site]) => ({ tileId, site })));
    const tiles = [...digest.sites.keys()].join();
    const compose = (revision: number): OutboxMessage =>
      summaryMessage(sender(), run, { ...facts, revision });
    const stateKept = final ? state : 'filling';
    if (saysNothingNew(runId, tiles, compose)) store.runs.setState(runId, stateKept);
    else {
      const revision = store.summaries.save(runId, stateKept, compose);
      parts.onMessage();
      const particles = digest.statistics.all.count;
      if (final)
        logger.info({ sample: run.sampleLabel, run: run.name, state, revision, particles }, 'run ended');
    }
    lastTiles.set(runId, tiles);
    endAnalysis(run);
    if (final) files.due(runId);
  }

  function noteSufficiency(runId: number, { sufficiency: { reachedAt } }: RunAssessment): void {
    if (reachedAt !== null) store.runs.noteSufficient(runId, Date.parse(reachedAt));
  }

  function endAnalysis({ id, analysis }: StoredRun): void {
    if (analysis?.underWay && store.tiles.countAgain(id) === 0) store.runs.endAnalysis(id);
  }

  /** A new revision of an ended run is whole: it waits for the last of its tiles that is segmented again. */
  function isAnalysedAgain(runId: number): boolean {
    return store.runs.get(runId)?.state !== 'filling' && store.tiles.countAgain(runId) > 0;
  }

  /** The last revision says the same of the same tiles, as when two of them end while one is being made. */
  function saysNothingNew(
    runId: number,
    tiles: string,
    compose: (revision: number) => OutboxMessage,
  ): boolean {
    const last = store.summaries.latest(runId);
    return (
      last !== undefined &&
      (lastTiles.get(runId) ?? tiles) === tiles &&
      withoutTime(compose(last.revision).payload) === withoutTime(last.payload)
    );
  }

  return {
    changed,
    writeFilesAnew: files.writeAnew,
    expectedOf: (run) => expectedOf(store, run.sampleId, settings),
    resume() {
      for (const run of store.runs.inState('filling')) {
        // Its first tile may still wait; then its result brings the summary.
        if (store.tiles.countByState(run.id).segmented > 0) changed(run.id);
      }
      for (const { id } of store.runs.underAnalysis()) changed(id);
      files.resume();
    },
    endSilentRuns(nowMs) {
      for (const run of store.runs.inState('filling')) {
        // A run that is whole ended with its last tile; what still fills ends by silence alone.
        if (nowMs - run.lastTileAtMs < stallAfterMs || due.has(run.id)) continue;
        if (store.tiles.countByState(run.id).seen === 0) changed(run.id, nowMs);
      }
    },
    async idle() {
      while (working) await working;
      await files.idle();
    },
    async stop() {
      stopping = true;
      await Promise.all([working, files.stop()]);
    },
  };
}

/** A summary's text but for when it was made. */
function withoutTime(payload: unknown): string {
  const { at: _, ...rest } = Object(payload);
  return JSON.stringify(rest);
}
