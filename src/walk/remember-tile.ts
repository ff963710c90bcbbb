import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { KeptOutCode } from '../errors.ts';
import { isLarger, isMapOf } from '../grid/stitched-map.ts';
import type { Store } from '../store/database.ts';
import type { NeighbouringTile } from '../store/neighbours.ts';
import type { StoredRun } from '../store/runs.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import type { TileMetadata } from '../watcher/metadata/tile-metadata.ts';
import type { ReadTile } from '../watcher/read-tile.ts';
import { isBetterTwin } from '../watcher/twins.ts';
import type { InversePair } from './inverse-pair.ts';
import { KeptOutError, keptOutReasons } from './kept-out.ts';
import { type RunRules, runOfArrival } from './run-of-arrival.ts';
import { isPlaced } from './run-so-far.ts';
import { placeOf } from './tile-place.ts';

/** A tile that now waits to be segmented. */
export interface RememberedTile {
  readonly run: StoredRun;
  /** Another run that lost a tile to it, since the file at its path was written again. */
  readonly bereavedRunId: number | null;
  /** Images that counted until this tile told that they are none. */
  readonly exposed: readonly ExposedImage[];
  /** Files that were set aside, and are tiles beside this one. */
  readonly welcome: readonly string[];
}

/** An image that came before the tiles from which it is known to be none. */
export interface ExposedImage {
  readonly tile: NeighbouringTile;
  readonly fault: KeptOutError;
}

/**
 * Notes a tile in its run, which fills again; null when its content is there already and nothing changes.
 * @param inverse as of {@link runOfArrival}, which says what it throws
 */
export function rememberTile(
  store: Store,
  rules: RunRules,
  tile: ReadTile,
  nowMs: number,
  inverse: InversePair | null = null,
): RememberedTile | null {
  const lesser = supersedeLesserTwin(store, tile.file.path);
  const restated = supersedeRestated(store, tile);
  const same = store.tiles.withContent(tile.file.contentHash);
  const sameRun = same && store.runs.get(same.runId);
  const { run, replaced, isNew } = sameRun
    ? { run: sameRun, replaced: null, isNew: false }
    : runOfArrival(store, rules, tile, nowMs, inverse);
  // Before the tile that takes its place is there: a crash in between must not leave both.
  if (replaced) store.tiles.supersede(replaced.id);
  const isBack = store.files.get(tile.file.path)?.contentHash !== tile.file.contentHash;
  const noted = store.tiles.noteSeen({ ...tile, runId: run.id, seenAtMs: nowMs });
  const remembered = { run, bereavedRunId: null, exposed: [], welcome: [] };
  if (noted.outcome === 'known') {
    // What was given up may have been given up because its file was not there.
    return isBack && store.results.lookAgainOnce(noted.tileId, 0, `back ${nowMs}`) ? remembered : null;
  }
  if (run.state !== 'filling') store.runs.setState(run.id, 'filling');
  if (isNew) store.unusable.adopt(run);
  const lost =
    noted.supersededTileId === null ? (lesser ?? restated) : store.tiles.get(noted.supersededTileId);
  return {
    ...remembered,
    bereavedRunId: lost && lost.runId !== run.id ? lost.runId : null,
    exposed: [...mapsOver(store, tile, run), ...copiesOf(tile, run, inverse)],
    welcome: isNew ? store.unusable.withMagnificationOf(run) : [],
  };
}

/** Maps that show the tile and others of its run; of a coarser scale only where nothing else is beside it. */
function mapsOver(store: Store, tile: ReadTile, run: StoredRun): ExposedImage[] {
  if (tile.metadata.stagePositionUm === null) return [];
  const place = placeOf(tile);
  const larger = store.neighbours
    .showing(run, place.stagePositionUm)
    .filter((image) => isLarger(image, place));
  if (larger.length === 0) return [];
  const tiles = store.tiles.placesOfRun(run.id).filter(isPlaced);
  return larger
    .filter((image) => image.runId === run.id || store.tiles.placesOfRun(image.runId).length === 1)
    .filter((image) => isMapOf(image, tiles))
    .map((image) => exposed(image, 'map', keptOutReasons.mapOf(run.name), run));
}

function copiesOf({ file }: ReadTile, run: StoredRun, inverse: InversePair | null): ExposedImage[] {
  if (inverse?.copy !== 'known') return [];
  return [exposed(inverse.tile, 'inverted', keptOutReasons.inverted(basename(file.path)), run)];
}

function exposed(tile: NeighbouringTile, code: KeptOutCode, reason: string, run: StoredRun): ExposedImage {
  const { sampleLabel, instrumentId, pixelSizeSource } = run;
  const { path, pixelSizeNm } = tile;
  const of = { sampleLabel, instrumentId, pixelSizeSource };
  const key = { ...of, folder: dirname(path), pixelSizeNm, isPlaced: true };
  return { tile, fault: new KeptOutError(tile.path, code, reason, { key, runId: run.id }) };
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
