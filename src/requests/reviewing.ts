import type { Manifest } from '../inference/model/manifest.ts';
import { correctedPieces, ImpossibleCorrectionError, type SaidChange } from '../measure/corrected-pieces.ts';
import type { Change } from '../measure/correction.ts';
import { type DrawnTile, drawnPieces, UnusableOutlineError } from '../measure/drawn-pieces.ts';
import { CommandRefusedError } from '../publish/command-kinds.ts';
import type { ReviewedTile, StoredCorrection } from '../store/corrections.ts';
import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import { type CorrectionEntry, correctionEntry } from './correction-entry.ts';
import { requireRows } from './reanalyse.ts';
import { runAsked } from './run-asked.ts';
import { words } from './words.ts';

/** What counts of a run after a review. */
export interface ReviewOutcome {
  readonly run: StoredRun;
  /** That count from its next revision on. */
  readonly corrections: number;
  readonly tiles: number;
  readonly reviewedBy: readonly string[];
  /** They counted already: no revision follows. */
  readonly isUnchanged: boolean;
}

/** What people may say of particles; all of it stands beside what the models found. Each throws CommandRefusedError. */
export interface Reviewing {
  /** Keeps a correction of a tile, after all that were said of it before. */
  correct(contentHash: string, reviewer: string, change: Change): CorrectionEntry;
  /** Takes a correction back, in any order, unless a later one is of a piece that this one made. */
  undo(contentHash: string, id: number, reviewer: string): CorrectionEntry;
  /** Has the run counted with its corrections as they stand: a new revision follows, after a restart too. */
  review(sampleId: string, run: string | undefined, reviewer: string, at?: string): ReviewOutcome;
}

export interface ReviewingParts {
  readonly store: Pick<Store, 'corrections' | 'particles' | 'runs' | 'tiles'>;
  readonly models: readonly { readonly manifest: Pick<Manifest, 'name' | 'input'> }[];
  /** The run owes a revision. */
  readonly changed: (runId: number) => void;
}

const NAME_LONGEST = 100;

export function createReviewing({ store, models, changed }: ReviewingParts): Reviewing {
  const { corrections, particles, runs, tiles } = store;

  function tileAsked(contentHash: string): StoredTile {
    const tile = tiles.withContent(contentHash);
    if (!tile) throw new CommandRefusedError(`${contentHash.slice(0, 80)}: no tile has this content hash`);
    const run = runs.get(tile.runId);
    if (run) requireRows(run);
    if (tile.state === 'segmented') return tile;
    const why = { seen: 'waits to be segmented', failed: 'was given up', superseded: 'counts no more' };
    throw new CommandRefusedError(
      `${tile.file.path}: it ${why[tile.state]}, so that there is nothing to correct`,
    );
  }

  /** Those that were said of the tile's present result. */
  function saidOf(tile: StoredTile): StoredCorrection[] {
    return corrections.ofTile(tile.id).filter(({ isStale }) => !isStale);
  }

  return {
    correct(contentHash, reviewer, change) {
      const name = nameOf(reviewer);
      const tile = tileAsked(contentHash);
      if (tile.again) {
        throw new CommandRefusedError(
          `${tile.file.path}: it is being segmented again, after which its pieces are others; correct it then`,
        );
      }
      const drawn = measured(change, drawnTile(tile, models));
      const said = saidOf(tile);
      const next: SaidChange = { id: 0, reviewer: name, change, drawn, isUndone: false };
      requirePossible(() => correctedPieces(particles.foundIn(tile.id), [...said, next]));
      const added = corrections.add({ tileId: tile.id, reviewer: name, atMs: Date.now(), change, drawn });
      return correctionEntry(added, contentHash);
    },

    undo(contentHash, id, reviewer) {
      const name = nameOf(reviewer);
      const tile = tileAsked(contentHash);
      const all = corrections.ofTile(tile.id);
      const asked = all.find((one) => one.id === id);
      if (!asked) throw new CommandRefusedError(`${id}: this tile has no such correction`);
      if (asked.undone) {
        throw new CommandRefusedError(`${id}: ${asked.undone.by} has undone this correction already`);
      }
      if (!asked.isStale) {
        const rest = saidOf(tile).map((one) => (one.id === id ? { ...one, isUndone: true } : one));
        requirePossible(() => correctedPieces(particles.foundIn(tile.id), rest), id);
      }
      corrections.undo(id, name, Date.now());
      return correctionEntry(corrections.get(id) ?? asked, contentHash);
    },

    review(sampleId, runName, reviewer, at) {
      const name = nameOf(reviewer);
      const run = runAsked(store, { sample: sampleId, run: runName, at });
      requireRows(run);
      const all = Map.groupBy(corrections.ofRun(run.id), ({ tileId }) => tileId);
      const counting = [...all].flatMap(([tileId, ofTile]) =>
        tiles.get(tileId)?.state === 'segmented'
          ? ofTile.filter(({ isStale, isUndone }) => !isStale && !isUndone)
          : [],
      );
      const outcome = {
        run,
        corrections: counting.length,
        tiles: new Set(counting.map(({ tileId }) => tileId)).size,
        reviewedBy: [...new Set(counting.map((one) => one.reviewer))].sort(),
      };
      const ids = new Set(counting.map(({ id }) => id));
      const others = [...all].filter(([, ofTile]) =>
        ofTile.some(({ id, isApplied }) => isApplied !== ids.has(id)),
      );
      if (others.length === 0) return { ...outcome, isUnchanged: true };
      const reviewed = others.map(([tileId, ofTile]): ReviewedTile => {
        const said = ofTile.filter(({ isStale }) => !isStale);
        const isAsFound = said.every(({ isUndone }) => isUndone);
        return { tileId, pieces: isAsFound ? null : correctedPieces(particles.foundIn(tileId), said) };
      });
      corrections.review({
        ...{ runId: run.id, reviewer: name, atMs: Date.now() },
        ...{ tiles: reviewed, correctionIds: [...ids] },
      });
      changed(run.id);
      return { ...outcome, isUnchanged: false };
    },
  };
}

function nameOf(reviewer: string): string {
  const name = words(reviewer);
  if (name === null) throw new CommandRefusedError('reviewer: is empty; say who corrects');
  if (name.length <= NAME_LONGEST) return name;
  throw new CommandRefusedError(`reviewer: has ${name.length} characters, at most ${NAME_LONGEST}`);
}

function measured(change: Change, tile: DrawnTile): ReturnType<typeof drawnPieces> {
  try {
    return drawnPieces(change, tile);
  } catch (error) {
    throw error instanceof UnusableOutlineError ? new CommandRefusedError(error.message) : error;
  }
}

/** @param undoing the correction that is taken back, where one is */
function requirePossible(replay: () => unknown, undoing?: number): void {
  try {
    replay();
  } catch (error) {
    if (!(error instanceof ImpossibleCorrectionError)) throw error;
    const { said } = error;
    throw new CommandRefusedError(
      undoing === undefined
        ? error.message
        : `${undoing}: correction ${said.id} (${said.change.kind}, by ${said.reviewer}) is of a piece that this one made; undo that one first`,
    );
  }
}

/** What turns the tile's pixels into figures, as when it was segmented, and what its model takes for dust. */
function drawnTile(tile: StoredTile, models: ReviewingParts['models']): DrawnTile {
  const { widthPx, heightPx } = tile.file;
  const { databarHeightPx, pixelSizeNm, stagePositionUm, scanRotationRad } = tile.metadata;
  const longestSidePx = Math.max(widthPx, heightPx - databarHeightPx);
  const model = models.find(({ manifest }) => manifest.name === tile.model?.name);
  const scale = (model?.manifest.input.longestSidePx ?? longestSidePx) / longestSidePx;
  return {
    ...{ widthPx, heightPx: heightPx - databarHeightPx },
    ...{ pixelSizeUm: pixelSizeNm / 1000, centreStageUm: stagePositionUm, scanRotationRad },
    smallestAreaPx: (tile.model?.thresholds.smallestAreaPx ?? 0) / scale ** 2,
  };
}
