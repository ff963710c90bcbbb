import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import type { TileMetadata } from '../watcher/metadata/tile-metadata.ts';
import type { ReadTile } from '../watcher/read-tile.ts';
import { isBetterTwin } from '../watcher/twins.ts';
import { type RunRules, runOfArrival } from './run-of-arrival.ts';

/** A tile that now waits to be segmented. */
export interface RememberedTile {
  readonly run: StoredRun;
  /** Another run that lost a tile to it, since the file at its path was written again. */
  readonly bereavedRunId: number | null;
}

/** Notes a tile in its run, which fills again; null when its content is there already and nothing changes. */
export function rememberTile(
  store: Store,
  rules: RunRules,
  tile: ReadTile,
  nowMs: number,
): RememberedTile | null {
  const lesser = supersedeLesserTwin(store, tile.file.path);
  const restated = supersedeRestated(store, tile);
  const same = store.tiles.withContent(tile.file.contentHash);
  const sameRun = same && store.runs.get(same.runId);
  const { run, replaced } = sameRun
    ? { run: sameRun, replaced: null }
    : runOfArrival(store, rules, tile, nowMs);
  // Before the tile that takes its place is there: a crash in between must not leave both.
  if (replaced) store.tiles.supersede(replaced.id);
  const isBack = store.files.get(tile.file.path)?.contentHash !== tile.file.contentHash;
  const noted = store.tiles.noteSeen({ ...tile, runId: run.id, seenAtMs: nowMs });
  if (noted.outcome === 'known') {
    // What was given up may have been given up because its file was not there.
    const again = isBack && store.results.lookAgainOnce(noted.tileId, 0, `back ${nowMs}`);
    return again ? { run, bereavedRunId: null } : null;
  }
  if (run.state !== 'filling') store.runs.setState(run.id, 'filling');
  const lost =
    noted.supersededTileId === null ? (lesser ?? restated) : store.tiles.get(noted.supersededTileId);
  return { run, bereavedRunId: lost && lost.runId !== run.id ? lost.runId : null };
}

/** Of whose file somebody states something else now: the same content begins anew, where it belongs by that. */
function supersedeRestated(store: Store, { file, metadata }: ReadTile): StoredTile | undefined {
  const known = store.tiles.withContent(file.contentHash);
  if (known === undefined || known.file.path !== file.path || metadata.pixelSizeSource !== 'stated')
    return undefined;
  if (isDeepStrictEqual(statedIn(known.metadata), statedIn(metadata))) return undefined;
  store.tiles.supersede(known.id);
  return known;
}

function statedIn({ pixelSizeNm, stagePositionUm, databarHeightPx }: TileMetadata) {
  return { pixelSizeNm, stagePositionUm, databarHeightPx };
}

/** A JPEG that came before the TIFF of its field counts no more. */
function supersedeLesserTwin(store: Store, path: string): StoredTile | undefined {
  for (const { path: other, contentHash } of store.files.besides(path)) {
    const tile = isBetterTwin(path, other) ? store.tiles.withContent(contentHash) : undefined;
    if (tile?.file.path !== other) continue;
    store.tiles.supersede(tile.id);
    return tile;
  }
  return undefined;
}
