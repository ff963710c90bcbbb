import { messageOf } from '../errors.ts';
import { type Sender, tileMessage } from '../publish/compose.ts';
import { rememberingLayout } from '../run/layout.ts';
import { runProgress } from '../run/progress.ts';
import type { RunResults } from '../run/results.ts';
import type { TileResult } from '../segmenter/port.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { ShadowModel } from '../store/shadows.ts';
import type { ModelUse, StoredTile } from '../store/stored-tile.ts';
import { runOf } from './run-of-tile.ts';
import { type createSetAside, segmentingFault } from './set-aside.ts';
import type { PipelineParts } from './walk-parts.ts';

/** What becomes of a tile, and what is said of it: written together, only then is it a result. */
export interface TileResults {
  /** The tile was segmented. */
  record(tile: StoredTile, result: TileResult, model: ModelUse): void;
  /** An attempt to segment it failed; the last one gives it up. */
  fail(tile: StoredTile, error: unknown): void;
}

export function createTileResults(
  { config, store, logger, onMessage, observer }: PipelineParts,
  results: Pick<RunResults, 'changed' | 'expectedOf'>,
  sender: () => Sender,
  setAside: ReturnType<typeof createSetAside>,
  shadowFor: (tile: StoredTile, serving: ModelUse) => ShadowModel | null,
): TileResults {
  const { stallAfterS } = config.grid;
  const layoutOf = rememberingLayout();

  function placeInRun(tile: StoredTile, now: { segmented: number; failed: number }) {
    const run = runOf(store, tile);
    const expected = results.expectedOf(run);
    const { coverage, sites } = layoutOf(store.tiles.placesOfRun(run.id), expected);
    const counts = store.tiles.countByState(run.id);
    const tiles = {
      waiting: counts.seen + store.tiles.countAgain(run.id) - 1,
      segmented: counts.segmented + now.segmented,
      failed: counts.failed + now.failed,
    };
    return {
      run,
      site: sites.get(tile.id) ?? null,
      progress: runProgress(sender(), run, { state: run.state, coverage, tiles, expected, stallAfterS }),
    };
  }

  return {
    record(tile, result, model) {
      const { particles, outlines, durationsMs, looks, limitsReached } = result;
      const segmented = {
        particles,
        outlines,
        model,
        quality: { ...result.quality },
        sight: { looks, limitsReached },
      };
      const { site, progress, run } = placeInRun(tile, { segmented: tile.again ? 0 : 1, failed: 0 });
      const message = tileMessage(sender(), run, tile, site, segmented);
      const recorded = { ...segmented, site, shadow: shadowFor(tile, model) };
      if (!store.results.recordResult(tile.id, recorded, [message, progress])) return;
      observer?.tileSegmented(secondsOf(durationsMs));
      const facts = { path: tile.file.path, particles: particles.length, looks, durationsMs };
      if (limitsReached.length > 0)
        logger.warn({ ...facts, limitsReached }, 'tile segmented, particles may be missing');
      else logger.info(facts, 'tile segmented');
      results.changed(run.id);
      onMessage();
    },

    fail(tile, error) {
      const reason = messageOf(error);
      const attempt = tile.attempts + 1;
      const final = attempt >= config.segmenter.attempts;
      // What was segmented before keeps its earlier result, so nobody is told of a tile given up.
      const lost = final && !tile.again;
      const messages: OutboxMessage[] = [];
      if (lost) {
        const { site, progress, run } = placeInRun(tile, { segmented: 0, failed: 1 });
        messages.push(tileMessage(sender(), run, tile, site, { reason }), progress);
      }
      if (!store.results.recordFailure(tile.id, { reason, final }, messages)) return;
      const given = lost ? 'tile given up' : 'tile keeps its earlier result';
      logger.warn({ path: tile.file.path, attempt, reason }, final ? given : 'tile failed, tried again');
      if (lost) observer?.tileFailed();
      if (lost) setAside(tile.file.path, segmentingFault(tile.file.path, error), tile.file);
      if (!final) return;
      results.changed(tile.runId);
      onMessage();
    },
  };
}

function secondsOf(durationsMs: TileResult['durationsMs']): number {
  return Object.values(durationsMs).reduce((sum, ms) => sum + ms, 0) / 1000;
}
