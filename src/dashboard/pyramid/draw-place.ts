import { hash } from 'node:crypto';
import sharp from 'sharp';
import { UnusableFileError } from '../../errors.ts';
import { markFailed, markLeftOut, markMissing } from '../../report/place-marks.ts';
import { type RgbCanvas, rgbCanvas } from '../../report/rgb-canvas.ts';
import type { PlacedTile } from '../../report/sample/placed-tiles.ts';
import { decodePixels, readWhole } from '../../watcher/image/pixels.ts';
import { isInside } from '../tile-pictures/is-inside.ts';

export interface DrawnPlace {
  readonly canvas: RgbCanvas;
  /** Why its tile is not shown though it did not fail; null where it is. */
  readonly unreadable: string | null;
}

/**
 * A place of the grid as a picture, marked as in the mosaic.
 * @param within the folder in which the tile's file has to lie
 */
export async function drawPlace(
  tile: PlacedTile | undefined,
  widthPx: number,
  heightPx: number,
  within: string,
): Promise<DrawnPlace> {
  const canvas = rgbCanvas(widthPx, heightPx);
  const box = { x: 0, y: 0, widthPx, heightPx };
  if (tile === undefined || tile.state === 'failed') {
    (tile === undefined ? markMissing : markFailed)(canvas, box);
    return { canvas, unreadable: null };
  }
  try {
    canvas.data.set(await uprightPixels(tile, widthPx, heightPx, within));
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    markFailed(canvas, box);
    return { canvas, unreadable: error.message };
  }
  if (tile.state === 'left-out') markLeftOut(canvas, box);
  return { canvas, unreadable: null };
}

/**
 * The tile as it lies on the stage: red, green, blue.
 * @throws UnusableFileError where its file is gone, lies elsewhere, or holds another tile than the one that was measured
 */
async function uprightPixels(
  tile: PlacedTile,
  widthPx: number,
  heightPx: number,
  within: string,
): Promise<Buffer> {
  const { path, contentHash, databarHeightPx, turns = 0 } = tile;
  if (!isInside(path, within)) {
    throw new UnusableFileError(
      path,
      'unreadable',
      'lies outside of the export folder of now (watch.folder)',
    );
  }
  const bytes = await readWhole(path, within);
  if (hash('sha256', bytes) !== contentHash) {
    throw new UnusableFileError(
      path,
      'unreadable',
      'holds another tile than the one that was measured',
      true,
    );
  }
  const { pixels, ...size } = await decodePixels(path, bytes, databarHeightPx);
  return sharp(pixels, { raw: { width: size.widthPx, height: size.heightPx, channels: 1 } })
    .rotate(90 * turns)
    .resize(widthPx, heightPx, { fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}
