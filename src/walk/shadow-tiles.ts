import { isDeepStrictEqual } from 'node:util';
import { messageOf, UnusableFileError } from '../errors.ts';
import { holds } from '../inference/model/magnification-range.ts';
import type { TileResult } from '../segmenter/port.ts';
import type { ShadowModel } from '../store/shadows.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import { createGrowingPauses } from './growing-pauses.ts';
import { segmentTask } from './segment-task.ts';
import type { PipelineParts } from './walk-parts.ts';

/** Comparisons are of the present: what older runs had is forgotten. */
const KEPT_RUNS = 50;
/** A tile is tried so often. */
const ATTEMPTS = 2;
/** After so many failures in a row that no tile is to blame for, none is begun until the next start. */
const FAILURES_MOST = 5;
const PAUSE_MOST_MS = 60_000;

/** Tiles that a shadow model segments after the serving one, while no live tile is under way. */
export interface ShadowTiles {
  /** The model that is to segment the tile too; null where none is. */
  modelFor(tile: StoredTile, serving: ShadowModel): ShadowModel | null;
  /** Forgets what waits for another model, and what older runs had. */
  resume(): void;
  /** Begins the next tile where nothing else is to be done. */
  dispatch(): void;
  /** Has it compute nothing while a live tile is worked on, not even what it is in the middle of. */
  during<T>(liveWork: () => Promise<T>): Promise<T>;
  /** Begins none any more; what is under way waits for the next start. */
  stop(): void;
}

/** @param isOpen whether tiles can be read, and the disk has room */
export function createShadowTiles(
  parts: Pick<PipelineParts, 'config' | 'store' | 'logger' | 'observer' | 'shadow'>,
  isOpen: () => boolean,
): ShadowTiles {
  const { store, logger, observer, shadow } = parts;
  const use = shadow ? useOf(shadow.model) : null;
  const pauses = createGrowingPauses<'failure'>(PAUSE_MOST_MS, shadow?.nowMs);
  let latestRunId = 0;
  let failures = 0;
  let isBusy = false;
  let liveTiles = 0;
  let stopped = use === null;

  /** Nothing of it may reach the walk of the tiles: not even a store that cannot be written. */
  function guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      pauses.again('failure');
      logger.warn({ err: messageOf(error) }, 'shadow model: cannot go on for now; tried again');
    }
  }

  function begin(): void {
    if (
      stopped ||
      isBusy ||
      use === null ||
      !shadow ||
      liveTiles > 0 ||
      !isOpen() ||
      pauses.paused().length > 0
    )
      return;
    const tile = store.shadows.next();
    if (!tile) return;
    if (tile.runId > latestRunId) store.shadows.keepRuns(KEPT_RUNS);
    latestRunId = Math.max(latestRunId, tile.runId);
    isBusy = true;
    const task = segmentTask({ ...parts, room: { forOverlays: false } }, tile, use);
    void shadow.segmenter
      .segment(task)
      .then(
        (result) => guarded(() => record(tile, use, result)),
        (error: unknown) => guarded(() => fail(tile, use, error)),
      )
      .then(() => {
        isBusy = false;
        guarded(begin);
      });
  }

  function record(tile: StoredTile, model: ShadowModel, result: TileResult): void {
    const { particles, outlines, durationsMs } = result;
    const durationMs = Object.values(durationsMs).reduce((sum, ms) => sum + ms, 0);
    const { arithmetic } = result.model;
    const isNew = store.shadows.record(tile.id, model, { particles, outlines, arithmetic, durationMs });
    failures = 0;
    pauses.forget('failure');
    if (!isNew) return;
    observer?.shadowTile('segmented');
    const facts = { path: tile.file.path, model: model.name, particles: particles.length, durationMs };
    logger.debug(facts, 'shadow model has segmented a tile');
  }

  function fail(tile: StoredTile, model: ShadowModel, error: unknown): void {
    if (stopped) return; // it waits for the next start
    pauses.again('failure');
    const reason = messageOf(error);
    const { attempts = 0 } = store.shadows.ofTile(tile.id) ?? {};
    const final = attempts + 1 >= ATTEMPTS;
    if (!store.shadows.fail(tile.id, model, { reason, final })) return;
    const facts = { path: tile.file.path, model: model.name, reason };
    logger.warn(facts, final ? 'shadow model: tile given up' : 'shadow model: tile failed, tried again');
    if (final) observer?.shadowTile('failed');
    // A file that is gone or changed says nothing of the model.
    if (error instanceof UnusableFileError) return;
    failures += 1;
    if (failures < FAILURES_MOST) return;
    stopped = true;
    const rests = `the shadow model failed ${failures} times in a row and rests until the next start`;
    logger.warn({ model: model.name, reason }, `${rests}; set models.shadow.model: null, or another`);
  }

  return {
    modelFor(tile, serving) {
      if (!shadow || use === null || !isChosen(tile.file.contentHash, shadow.share)) return null;
      if (!holds(shadow.model.manifest.magnification, tile.metadata.magnification)) return null;
      return isSame(use, serving) ? null : use;
    },
    resume() {
      const gone = store.shadows.waitOnlyFor(use);
      if (gone > 0) logger.info({ tiles: gone }, 'tiles no longer wait for an earlier shadow model');
      store.shadows.keepRuns(KEPT_RUNS);
    },
    dispatch: () => guarded(begin),
    async during(liveWork) {
      liveTiles += 1;
      shadow?.segmenter.hold();
      try {
        return await liveWork();
      } finally {
        liveTiles -= 1;
        if (liveTiles === 0) shadow?.segmenter.goOn();
      }
    },
    stop() {
      stopped = true;
    },
  };
}

/**
 * Whether a tile is one of the share: its content alone decides, so that a start, another computer or another share asks for
 * the same tiles, or more of them.
 * @param contentHash hexadecimal, as good as random
 */
export function isChosen(contentHash: string, share: number): boolean {
  return Number.parseInt(contentHash.slice(0, 8), 16) / 2 ** 32 < share;
}

function useOf({ manifest: { name, sha256, thresholds } }: NonNullable<PipelineParts['shadow']>['model']) {
  return { name, sha256, thresholds };
}

function isSame(a: ShadowModel, b: ShadowModel): boolean {
  return a.name === b.name && a.sha256 === b.sha256 && isDeepStrictEqual(a.thresholds, b.thresholds);
}
