import { fieldOnStage, quarterTurns } from '../../grid/scan-frame.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import type { MosaicTile } from '../mosaic.ts';
import { pictureOf } from '../particles/crop-writing.ts';
import type { SampleSummary } from './sample-summary.ts';

export interface PlacedTile extends MosaicTile {
  readonly contentHash: string;
}

/**
 * The tiles of a run that have a place on the grid of its summary and wait for nothing, in the order in which they were seen.
 * @param folder of the run's files
 */
export function placedTiles(
  folder: string,
  summary: Pick<SampleSummary, 'coverage' | 'imaging'>,
  tiles: readonly StoredTile[],
): PlacedTile[] {
  const { rows, columns } = summary.coverage;
  const leftOut = new Set(summary.imaging.tiles.map(({ contentHash }) => contentHash));
  return tiles.flatMap((tile): PlacedTile[] => {
    const { site, file } = tile;
    if (tile.state === 'seen' || site === null || site.row >= rows || site.column >= columns) return [];
    const { widthPx, heightPx, contentHash } = file;
    const state = leftOut.has(contentHash) ? 'left-out' : tile.state === 'failed' ? 'failed' : 'segmented';
    const { databarHeightPx, scanRotationRad } = tile.metadata;
    const sizePx = fieldOnStage({ width: widthPx, height: heightPx - databarHeightPx }, scanRotationRad);
    const turns = quarterTurns(scanRotationRad);
    const pixelSizeUm = tile.fieldUm.width / widthPx;
    return [{ ...site, ...pictureOf(folder, tile), contentHash, state, turns, sizePx, pixelSizeUm }];
  });
}
