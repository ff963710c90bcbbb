import { basename } from 'node:path';
import { quarterTurns } from '../../grid/scan-frame.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import type { TileEntry } from '../api/run.ts';
import { withoutFolders } from './without-folders.ts';

/** What the latest summary of a run says of its tiles, by content hash. */
export interface TileVerdicts {
  /** Why it is left out of the statistics. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/** A tile as pages show it. Superseded ones are not shown. */
export function tileEntry(
  store: Pick<StoreReader, 'changes'>,
  tile: StoredTile,
  { leftOut }: TileVerdicts,
): TileEntry {
  const { file, metadata, site } = tile;
  const isSegmented = tile.state === 'segmented';
  const why = isSegmented ? leftOut.get(file.contentHash) : undefined;
  const isFailed = tile.state === 'failed';
  const pieces = isSegmented ? store.changes.piecesOfTile(tile.id) : null;
  return {
    contentHash: file.contentHash,
    name: basename(file.path),
    row: site?.row ?? null,
    column: site?.column ?? null,
    state: stateOf(tile, why !== undefined),
    reason: why ?? (isFailed && tile.reason !== null ? withoutFolders(tile.reason) : null),
    // As a summary asks for them: where nobody says where the tile is, nobody can go there.
    reimage: (isFailed || why !== undefined) && metadata.stagePositionUm !== null,
    widthPx: file.widthPx,
    heightPx: file.heightPx - metadata.databarHeightPx,
    pixelSizeUm: metadata.pixelSizeNm / 1_000,
    turns: quarterTurns(metadata.scanRotationRad),
    stageUm: metadata.stagePositionUm,
    particles: pieces?.all ?? null,
    uncertain: pieces?.uncertain ?? null,
    model: tile.model?.name ?? null,
  };
}

function stateOf({ state }: StoredTile, isLeftOut: boolean): TileEntry['state'] {
  if (state === 'failed') return 'failed';
  if (state === 'segmented') return isLeftOut ? 'left-out' : 'segmented';
  return 'waiting';
}
