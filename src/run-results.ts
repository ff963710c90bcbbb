import { messageOf } from './errors.ts';
import type { RunState } from './grid/coverage.ts';
import { runState } from './grid/run-state.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { type Sender, siteFields, summaryMessage } from './publish/compose.ts';
import { sampleFolder, writeSampleFiles, writtenRevision } from './report/sample-files.ts';
import { digestSettings, type RunDigest, runLayout } from './run-digest.ts';
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

export function createRunResults(parts: Parts, sender: () => Sender): RunResults {
  const { config, store, digester, logger } = parts;
  const settings = digestSettings(config);
  const stallAfterMs = config.grid.stallAfterS * 1000;
  const intervalMs = config.mqtt.summaryIntervalS * 1000;
  const due = new Map<number, number>(); // run -> the time as of which its state is judged
  const lastAtMs = new Map<number, number>();
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
    working ??= work().finally(() => {
      working = null;
    });
  }

  async function work(): Promise<void> {
    while (!stopping) {
      const [next] = [...due].filter(([runId]) => isTimeFor(runId));
      if (!next) {
        if (due.size === 0) return;
        // Only partial summaries wait for their interval.
        await new Promise((resolve) => setTimeout(resolve, Math.min(intervalMs, 250)));
        continue;
      }
      const [runId, nowMs] = next;
      due.delete(runId);
      lastAtMs.set(runId, Date.now());
      try {
        await summarise(runId, nowMs);
      } catch (error) {
        logger.error({ runId, err: messageOf(error) }, 'summary not written; tried again');
        due.set(runId, nowMs);
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
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
    const facts = {
      final,
      state,
      coverage: digest.coverage,
      failedTiles: digest.failures.map(({ tileId, file, reason }) => ({
        ...siteFields({ file }, digest.sites.get(tileId) ?? null),
        reason,
      })),
      statistics: digest.statistics,
      duplicateCount: digest.duplicateCount,
      models: digest.models,
    };
    store.tiles.place([...digest.sites].map(([tileId, site]) => ({ tileId, site })));
    store.summaries.save(runId, final ? state : 'filling', (revision) =>
      summaryMessage(sender(), run, { ...facts, revision }),
    );
    parts.onMessage();
    if (final) {
      logger.info(
        { sample: run.sampleLabel, run: run.name, state, particles: digest.statistics.all.count },
        'run ended',
      );
      await writeFiles(runId);
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
      for (const run of [...store.runs.inState('complete'), ...store.runs.inState('stalled')])
        void writeFiles(run.id);
    },
    endSilentRuns(nowMs) {
      for (const run of store.runs.inState('filling')) {
        if (due.has(run.id) || store.tiles.countByState(run.id).seen > 0) continue;
        const layout = runLayout(store.tiles.placesOfRun(run.id), settings.expected);
        if (stateOf(run, layout, nowMs) !== 'filling') changed(run.id, nowMs);
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
