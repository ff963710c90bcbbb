import type { DatabaseSync } from 'node:sqlite';
import type { Outline } from '../measure/correction.ts';
import { fromBytes, toBytes } from './outline-bytes.ts';
import { StoreError } from './store-error.ts';

/** The outlines of what was found, beside the figures. */
export interface Outlines {
  /**
   * Of the tile's particles, in their order; null where none are kept: a version before outlines segmented the tile, it is not
   * segmented, or its particles were deleted.
   */
  ofTile(tileId: number): readonly Outline[] | null;
}

export function createOutlines(database: DatabaseSync): Outlines {
  const get = database.prepare('SELECT bytes FROM outlines WHERE tile_id = ?');
  return {
    ofTile(tileId) {
      const bytes = get.get(tileId)?.bytes;
      if (bytes === undefined) return null;
      if (!(bytes instanceof Uint8Array)) throw new StoreError(`outlines of tile ${tileId}: hold no bytes`);
      return fromBytes(bytes, `outlines of tile ${tileId}`);
    },
  };
}

/** Replaces what is kept of a tile; null leaves nothing. */
export function prepareOutlinesPut(
  database: DatabaseSync,
): (tileId: number, outlines: readonly Outline[] | null) => void {
  const forget = prepareOutlinesForget(database);
  const insert = database.prepare('INSERT INTO outlines (tile_id, bytes) VALUES (?, ?)');
  return (tileId, outlines) => {
    forget(tileId);
    if (outlines !== null) insert.run(tileId, toBytes(outlines));
  };
}

export function prepareOutlinesForget(database: DatabaseSync): (tileId: number) => void {
  const forget = database.prepare('DELETE FROM outlines WHERE tile_id = ?');
  return (tileId) => void forget.run(tileId);
}
