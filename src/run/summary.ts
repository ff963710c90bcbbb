import { basename } from 'node:path';
import { filterText } from '../config/particle-filter.ts';
import type { RunState } from '../grid/coverage.ts';
import { runState } from '../grid/run-state.ts';
import { type Sender, type SummaryFacts, siteFields, summaryMessage } from '../publish/compose.ts';
import { keptOutSchema } from '../publish/schema/set-aside.ts';
import { sizesOf } from '../statistics/published-sizes.ts';
import type { Remarks } from '../store/expectation.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { StoredRun } from '../store/runs.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import type { UnusableGroup } from '../store/unusable.ts';
import { assessRun, configuredGoals, goalsOf, type RunAssessment } from './assessment.ts';
import { type DigestSettings, expectedOfRun, type RunDigest } from './digest.ts';
import { filterInForce } from './filter-in-force.ts';
import type { RunParts } from './parts.ts';
import { runProgress } from './progress.ts';
import type { Silence } from './silence.ts';

type Parts = Pick<RunParts, 'config' | 'store' | 'digester' | 'logger' | 'onMessage'>;

/**
 * Makes and saves the next revision of a run's summary, where it says anything new. `asOfMs` is of the steady clock.
 *
 * The function gives true where the run has ended.
 */
export function createSummariser(
  { config, store, digester, logger, onMessage }: Parts,
  settings: DigestSettings,
  silence: Pick<Silence, 'lastTileAtMs'>,
  sender: () => Sender,
): (runId: number, asOfMs: number) => Promise<boolean> {
  const goals = configuredGoals(config);
  const stallAfterMs = config.grid.stallAfterS * 1000;
  const lastTiles = new Map<number, string>(); // run -> ids of the tiles in its last summary

  function stateOf(run: StoredRun, { coverage }: Pick<RunDigest, 'coverage'>, asOfMs: number): RunState {
    return runState({
      coverage,
      expected: expectedOfRun(store, run, settings),
      lastTileAtMs: silence.lastTileAtMs(run),
      nowMs: asOfMs,
      stallAfterMs,
      finalised: run.finalisedAtMs !== null,
    });
  }

  function save(run: StoredRun, digest: RunDigest, facts: Omit<SummaryFacts, 'revision'>): void {
    const { final, state } = facts;
    const tiles = [...digest.sites.keys()].join();
    const compose = (revision: number): OutboxMessage =>
      summaryMessage(sender(), run, { ...facts, revision });
    const stateKept = final ? state : 'filling';
    const isNew = !saysNothingNew(run.id, tiles, compose);
    // The last word of progress is how the run ended, and it comes before the summary that is final.
    const last = final && (isNew || run.state === 'filling') ? [progressOf(run, digest, state)] : [];
    if (!isNew) store.summaries.confirm(run.id, stateKept, last);
    else {
      const revision = store.summaries.save(run.id, stateKept, compose, last);
      notePrecision(run.id, revision, digest);
      const particles = digest.statistics.all.count;
      if (final)
        logger.info({ sample: run.sampleLabel, run: run.name, state, revision, particles }, 'run ended');
    }
    lastTiles.set(run.id, tiles);
    if (isNew || last.length > 0) onMessage();
  }

  function notePrecision(runId: number, revision: number, { statistics }: RunDigest): void {
    const sizes = sizesOf(statistics.all);
    if (sizes === null) return;
    const { d10, d50, d90 } = sizes;
    store.precisions.note(runId, { revision, tiles: statistics.tiles, d10, d50, d90 });
  }

  function progressOf(run: StoredRun, { coverage, tiles }: RunDigest, state: RunState): OutboxMessage {
    const expected = expectedOfRun(store, run, settings);
    const { stallAfterS } = config.grid;
    return runProgress(sender(), run, { state, coverage, tiles, expected, stallAfterS });
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

  /** Its particles were deleted: what its summary says is the last word. */
  function isClosed(runId: number): boolean {
    return (store.runs.get(runId)?.rowsDeletedAfterDays ?? null) !== null;
  }

  /** A new revision of an ended run is whole: it waits for the last of its tiles that is looked at again. */
  function isAnalysedAgain(runId: number): boolean {
    return store.runs.get(runId)?.state !== 'filling' && waitingAgain(runId) > 0;
  }

  /** In an ended run only tiles that had been given up wait without a result. */
  function waitingAgain(runId: number): number {
    return store.tiles.countAgain(runId) + store.tiles.countByState(runId).seen;
  }

  function endAnalysis(run: StoredRun, { statistics, corrections }: RunDigest): void {
    const { id, analysis } = run;
    // Another filter or review may have been asked for while the digest was made: that revision is still owed.
    const filter = filterInForce(run, settings.statistics);
    const { reviewId } = corrections;
    const isOfNow =
      (filter && filterText(filter.filter)) === (statistics.filter?.expression ?? null) &&
      store.corrections.inForce(id).reviewId === reviewId;
    const revision = store.runs.get(id)?.revision ?? 0;
    if (reviewId !== null && revision > 0) store.corrections.noteRevision(reviewId, revision);
    if (analysis?.underWay && isOfNow && waitingAgain(id) === 0) store.runs.endAnalysis(id);
  }

  return async (runId, asOfMs) => {
    if (isClosed(runId) || isAnalysedAgain(runId)) return false;
    const digest = await digester.digest(runId);
    const run = store.runs.get(runId);
    if (!run || isClosed(runId) || isAnalysedAgain(runId)) return false;
    const state = stateOf(run, digest, asOfMs);
    const waiting = digest.tiles.waiting + store.tiles.countAgain(runId);
    const final = state !== 'filling' && waiting === 0;
    const expectation = store.expectations.get(run.sampleId);
    const { operator, note } = run.remarks ?? expectation;
    const assessment = assessRun(digest, goalsOf(goals, expectation), {
      ...{ final, state },
      sufficientAtMs: run.sufficientAtMs,
      nowMs: Date.now(),
    });
    const { reachedAt } = assessment.sufficiency;
    if (reachedAt !== null) store.runs.noteSufficient(runId, Date.parse(reachedAt));
    if (final) store.runs.keepRemarks(runId, { operator, note });
    store.tiles.place([...digest.sites].map(([tileId, site]) => ({ tileId, site })));
    save(run, digest, {
      final,
      state,
      finalised: finalisedOf(run, state),
      ...{ operator, note },
      ...factsOf(digest),
      ...assessment,
    });
    endAnalysis(run, digest);
    return final;
  };
}

/** Who ended the run and why; null where it ended otherwise. */
function finalisedOf(run: StoredRun, state: RunState): SummaryFacts['finalised'] {
  const { finalised, finalisedAtMs } = run;
  if (state !== 'finalised' || finalised === null || finalisedAtMs === null) return null;
  return { at: new Date(finalisedAtMs).toISOString(), ...finalised };
}

/** What the digest itself says in a summary. */
function factsOf(
  digest: RunDigest,
): Omit<SummaryFacts, 'revision' | 'final' | 'state' | 'finalised' | keyof Remarks | keyof RunAssessment> {
  const site = (tile: StoredTile) => siteFields(tile, digest.sites.get(tile.id) ?? null);
  return {
    coverage: digest.coverage,
    failedTiles: digest.failed.map((tile) => ({ ...site(tile), reason: tile.reason ?? '' })),
    limitReached: digest.limited.map((tile) => ({
      ...site(tile),
      limits: tile.sight?.limitsReached ?? [],
    })),
    notes: digest.notes,
    statistics: digest.statistics,
    duplicateCount: digest.duplicateCount,
    acquisition: digest.acquisition,
    setAside: digest.keptOut.map(setAsideOf),
    models: digest.models,
    reviewedBy: digest.corrections.reviewers,
  };
}

function setAsideOf({ code, count, first }: UnusableGroup): SummaryFacts['setAside'][number] {
  return {
    code: keptOutSchema.parse(code),
    count,
    files: first.map(({ path }) => basename(path)),
    reason: first[0]?.reason ?? '',
  };
}

/** A summary's text but for when it was made. */
function withoutTime(payload: unknown): string {
  const { at: _, ...rest } = Object(payload);
  return JSON.stringify(rest);
}
