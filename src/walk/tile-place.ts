import { dirname } from 'node:path';
import type { ArrivingTile } from '../grid/arrival.ts';
import type { RunKey } from '../grid/run-key.ts';
import { fieldOnStage } from '../grid/scan-frame.ts';
import type { ScaledPlace } from '../grid/stitched-map.ts';
import type { ReadTile } from '../watcher/read-tile.ts';

/** What the tile would have in common with its run. */
export function runKeyOf({ file, metadata }: ReadTile): RunKey {
  const { sampleLabel, instrumentId, pixelSizeNm, pixelSizeSource = 'file', stagePositionUm } = metadata;
  const isPlaced = stagePositionUm !== null;
  return { folder: dirname(file.path), sampleLabel, instrumentId, pixelSizeNm, pixelSizeSource, isPlaced };
}

/** Where and when the tile was imaged. */
export function placeOf({ file, metadata }: ReadTile): ArrivingTile & ScaledPlace {
  const { pixelSizeNm, databarHeightPx, scanRotationRad, acquiredAt } = metadata;
  // Nothing is asked of the place of a tile that has none.
  const { stagePositionUm: at } = metadata;
  const stagePositionUm = at ?? { x: 0, y: 0 };
  const umOf = (px: number): number => (px * pixelSizeNm) / 1000;
  const field = { width: umOf(file.widthPx), height: umOf(file.heightPx - databarHeightPx) };
  const fieldUm = fieldOnStage(field, scanRotationRad);
  return { stagePositionUm, fieldUm, pixelSizeNm, imagedMs: momentOf(acquiredAt) };
}

/** The microscope writes local time without zone, so only the differences mean anything. */
export function momentOf(acquiredAt: string): number | null {
  const ms = Date.parse(acquiredAt);
  return Number.isNaN(ms) ? null : ms;
}
