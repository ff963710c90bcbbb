import type { GridSize } from '../grid/coverage-of.ts';
import type { Sender } from '../publish/compose.ts';
import type { StoredRun } from '../store/runs.ts';
import { digestSettings, expectedOfRun } from './digest.ts';
import { createDueRuns } from './due-runs.ts';
import { createRunFiles } from './files.ts';
import type { RunParts } from './parts.ts';
import { createSilence, systemClocks } from './silence.ts';
import { createSummariser } from './summary.ts';

/** Keeps each run's summary and files up to date with its tiles. */
export interface RunResults {
  /** A tile of the run has come: its silence begins anew. */
  arrived(runId: number): void;
  /** The silence of every filling run begins anew. */
  breakSilence(): void;
  /** A tile of the run was segmented, given up or lost. */
  changed(runId: number): void;
  /** An image was kept out of the run: a sign of life, which its next summary names. */
  keptOut(runId: number): void;
  /** Writes the files of the run's latest revision, whatever stands there. @returns their folder */
  writeFilesAnew(runId: number): Promise<string>;
  /** The grid that the run is measured against. */
  expectedOf(run: StoredRun): GridSize | null;
  /** Summaries and files that a stopped or killed daemon owes. */
  resume(): void;
  /** Files that waited for room on the disk. */
  writeOwedFiles(): void;
  /** Runs without a tile for the configured time get their final summary. */
  endSilentRuns(): void;
  /** Why the summary last due could not be made, and is tried again; null where it could. */
  trouble(): string | null;
  /** Every filling run, or those of which `isOver` says so, ends as it is: no more tiles come. */
  endRuns(isOver?: (run: StoredRun) => boolean): void;
  /** Writes the files of ended runs that are missing, or older than their summary. */
  writeMissingFiles(): void;
  /** Resolves once no summary and no file is due. */
  idle(): Promise<void>;
  /** Begins nothing further; resolves when what is under way is written. */
  stop(): Promise<void>;
}

export function createRunResults(parts: RunParts, sender: () => Sender): RunResults {
  const { config, store, logger } = parts;
  const settings = digestSettings(config);
  const stallAfterMs = config.grid.stallAfterS * 1000;
  const files = createRunFiles(parts);
  const silence = createSilence(stallAfterMs, parts.clocks ?? systemClocks);
  const summarise = createSummariser(parts, settings, silence, sender);
  const summaries = createDueRuns({
    intervalMs: config.mqtt.summaryIntervalS * 1000,
    // A run with nothing left to wait for gets its summary at once.
    isUrgent: (runId) => store.tiles.countByState(runId).seen === 0,
    async make(runId, asOfMs) {
      if (await summarise(runId, asOfMs)) files.due(runId);
    },
    logger,
  });

  function changed(runId: number, asOfMs = silence.nowMs()): void {
    summaries.add(runId, asOfMs);
  }

  function endRuns(asOfMs: number, isOver: (run: StoredRun) => boolean = () => true): void {
    for (const run of store.runs.inState('filling').filter(isOver)) {
      // A run that is whole ended with its last tile; what still fills ends by silence alone.
      if (asOfMs - silence.lastTileAtMs(run) < stallAfterMs || summaries.has(run.id)) continue;
      if (store.tiles.countByState(run.id).seen === 0) changed(run.id, asOfMs);
    }
  }

  return {
    arrived: silence.broken,
    breakSilence() {
      for (const { id } of store.runs.inState('filling')) silence.broken(id);
    },
    changed: (runId) => changed(runId),
    keptOut(runId) {
      silence.broken(runId);
      if (store.runs.get(runId)?.state !== 'filling') summaries.addPatiently(runId, silence.nowMs());
    },
    writeFilesAnew: files.writeAnew,
    expectedOf: (run) => expectedOfRun(store, run, settings),
    resume() {
      for (const run of store.runs.inState('filling')) {
        // Its first tile may still wait; then its result brings the summary.
        if (store.tiles.countByState(run.id).segmented > 0) changed(run.id);
      }
      for (const { id } of store.runs.underAnalysis()) changed(id);
      files.resume();
    },
    writeOwedFiles: files.writeOwed,
    trouble: summaries.trouble,
    endSilentRuns: () => endRuns(silence.nowMs()),
    endRuns: (isOver) => endRuns(Number.POSITIVE_INFINITY, isOver),
    writeMissingFiles: files.writeMissing,
    async idle() {
      await summaries.idle();
      await files.idle();
    },
    async stop() {
      await Promise.all([summaries.stop(), files.stop()]);
    },
  };
}
