import { basename } from 'node:path';
import { z } from 'zod';
import type { Place, RunSoFar } from '../grid/arrival.ts';
import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import type { TilePlace } from '../store/stored-tile.ts';
import { momentOf } from './tile-place.ts';

/** A tile that has a place on the stage. */
export type PlacedTile = TilePlace & Place;

export function isPlaced(tile: TilePlace): tile is PlacedTile {
  return tile.stagePositionUm !== null;
}

/**
 * What is known of a run when a file comes.
 * @param path of the arriving file
 */
export function runSoFar(store: Store, run: StoredRun, path: string, nowMs: number): RunSoFar<PlacedTile> {
  const between = store.tiles.acquiredBetween(run.id);
  const first = momentOf(between?.first ?? '');
  const last = momentOf(between?.last ?? '');
  // Not by a tile's path, which is a copy's where its content was copied.
  const before = store.files.get(path)?.contentHash;
  const wanted = placesAskedFor(store, run.id);
  return {
    hasEnded: run.state !== 'filling' || run.finalisedAtMs !== null || store.summaries.hasFinal(run.id),
    tiles: store.tiles.placesOfRun(run.id).filter(isPlaced),
    imagedMs: first === null || last === null ? null : { first, last },
    silentMs: nowMs - run.lastTileAtMs,
    isWanted: (tile) => wanted.has(basename(tile.path)),
    isOverwritten: (tile) => tile.contentHash === before,
  };
}

const askingSummary = z.object({ reimage: z.array(z.object({ file: z.string().nullable() })) });

/** Files whose places the run's latest summary wants imaged again: better images belong to the same run. */
function placesAskedFor(store: Store, runId: number): ReadonlySet<string> {
  const { data } = askingSummary.safeParse(store.summaries.latest(runId)?.payload);
  return new Set(data?.reimage.flatMap(({ file }) => file ?? []));
}
