import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from './errors.ts';
import type { RunState } from './grid/coverage.ts';
import { runState } from './grid/run-state.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { type Sender, siteFields, summaryMessage } from './publish/compose.ts';
import { sampleFolder, writeSampleFiles, writtenRevision } from './report/sample-files.ts';
import { assessRun, configuredGoals, type RunAssessment } from './run-assessment.ts';
import { digestSettings, type RunDigest } from './run-digest.ts';
import type { OutboxMessage } from './store/outbox.ts';
import type { StoredRun } from './store/runs.ts';

/** Keeps each run's summary and files up to date with its tiles. */
export interface RunResults {
  /** A tile of the run was segmented, given up or lost. */
  changed(runId: number): void;
  /** Summaries and files that a stopped or killed daemon owes. */
  resume(): void;
  /** Runs without a tile for the configured time get their final summary. */
  endSilentRuns(nowMs: number): void;
  /** Resolves once nothing is due. */
  idle(): Promise<void>;
  /** Begins no further summary; resolves when the one under way is written. */
  stop(): Promise<void>;
}

type Parts = Pick<PipelineParts, 'config' | 'store' | 'digester' | 'logger' | 'onMessage'>;

const RETRY_MS = 1000;
const RUNS_WITH_OWED_FILES = 20;

export function createRunResults(parts: Parts, sender: () => Sender): RunResults {
  const { config, store, digester, logger } = parts;
  const settings = digestSettings(config);
  const goals = configuredGoals(config);
  const stallAfterMs = config.grid.stallAfterS * 1000;
  const intervalMs = config.mqtt.summaryIntervalS * 1000;
  const due = new Map<number, number>(); // run -> the time as of which its state is judged
  const lastAtMs = new Map<number, number>();
  const lastTiles = new Map<number, string>(); // run -> ids of the tiles in its last summary
  let working: Promise<void> | null = null;
  let stopping = false;

  function stateOf(run: StoredRun, { coverage }: Pick<RunDigest, 'coverage'>, nowMs: number): RunState {
    return runState({
      coverage,
      expected: settings.expected,
      lastTileAtMs: run.lastTileAtMs,
      nowMs,
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
    const digest = await digester.digest(runId);
    const run = store.runs.get(runId);
    if (!run) return;
    const state = stateOf(run, digest, nowMs);
    const final = state !== 'filling' && digest.tiles.waiting === 0;
    const assessment = assessRun(digest, goals, {
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
    if (saysNothingNew(runId, tiles, compose)) store.runs.setState(runId, final ? state : 'filling');
    else {
      const revision = store.summaries.save(runId, final ? state : 'filling', compose);
      parts.onMessage();
      const particles = digest.statistics.all.count;
      if (final)
        logger.info({ sample: run.sampleLabel, run: run.name, state, revision, particles }, 'run ended');
    }
    lastTiles.set(runId, tiles);
    if (final) await writeFiles(runId);
  }

  function noteSufficiency(runId: number, { sufficiency: { reachedAt } }: RunAssessment): void {
    if (reachedAt !== null) store.runs.noteSufficient(runId, Date.parse(reachedAt));
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

  /** Of the latest runs only: a folder that somebody removed since is not made anew at each start. */
  async function writeOwedFiles(): Promise<void> {
    for (const { id, state } of store.runs.all().slice(0, RUNS_WITH_OWED_FILES)) {
      if (stopping) return;
      if (state !== 'filling') await writeFiles(id);
    }
  }

  async function writeFiles(runId: number): Promise<void> {
    const run = store.runs.get(runId);
    const summary = store.summaries.latest(runId);
    if (!run || !summary || config.report.folder === null) return;
    const folder = sampleFolder(config.report.folder, run.sampleId, run.name);
    if ((await writtenRevision(folder)) >= summary.revision) return;
    try {
      await writeSampleFiles(folder, Object(summary.payload), store.particles.rowsOfRun(runId));
    } catch (error) {
      logger.error(
        { folder, err: messageOf(error) },
        'files of the sample not written; check report.folder and the disk',
      );
    }
  }

  return {
    changed,
    resume() {
      for (const run of store.runs.inState('filling')) {
        // Its first tile may still wait; then its result brings the summary.
        if (store.tiles.countByState(run.id).segmented > 0) changed(run.id);
      }
      writeOwedFiles().catch((error) =>
        logger.error({ err: messageOf(error) }, 'files of older runs not checked'),
      );
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
    },
    async stop() {
      stopping = true;
      await working;
    },
  };
}

/** A summary's text but for when it was made. */
function withoutTime(payload: unknown): string {
  const { at: _, ...rest } = Object(payload);
  return JSON.stringify(rest);
}
