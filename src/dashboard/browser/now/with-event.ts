import type { LiveEvent } from '../../api/event.ts';
import type { RunDetail, TileEntry } from '../../api/run.ts';

/** The run as the event leaves it; the same object where the event is of something else. */
export function withEvent(detail: RunDetail, event: LiveEvent): RunDetail {
  if (event.type === 'run' && isOf(detail, event.entry)) return { ...detail, entry: event.entry };
  if (event.type === 'tile' && isOf(detail, event)) return withTile(detail, event.tile);
  if (event.type === 'tile-gone' && isOf(detail, event)) {
    return { ...detail, tiles: detail.tiles.filter(({ contentHash }) => contentHash !== event.contentHash) };
  }
  return detail;
}

/** Whether rows and columns of the tiles can no more be told from events: the run must then be read anew. */
export function isMisplaced(detail: RunDetail, event: LiveEvent): boolean {
  if (event.type !== 'tile' || !isOf(detail, event)) return false;
  const { row, column } = event.tile;
  return row !== null && column !== null && (row >= detail.rows || column >= detail.columns);
}

export function isOf({ entry }: RunDetail, { sampleId, run }: { sampleId: string; run: string }): boolean {
  return entry.sampleId === sampleId && entry.run === run;
}

function withTile(detail: RunDetail, tile: TileEntry): RunDetail {
  const at = detail.tiles.findIndex(({ contentHash }) => contentHash === tile.contentHash);
  const tiles = at < 0 ? [...detail.tiles, tile] : detail.tiles.with(at, tile);
  return { ...detail, tiles };
}
