import sharp from 'sharp';
import type { LatticeSite } from '../grid/coverage.ts';
import type { GridSize } from '../grid/coverage-of.ts';
import { CERTAIN_RGB, UNCERTAIN_RGB } from './outline-colours.ts';
import { overlayPicture, type PictureSource } from './overlay-picture.ts';
import { markFailed, markLeftOut, markMissing } from './place-marks.ts';
import { type Box, place, placeColour, type RgbCanvas, rgbCanvas } from './rgb-canvas.ts';
import { withScaleBar } from './scale-bar.ts';

/** A tile of a grid, and where its picture lies. */
export interface MosaicTile extends LatticeSite, PictureSource {
  readonly state: 'segmented' | 'failed' | 'left-out';
  /** Quarters of a turn, counter-clockwise, by which the scan turned the picture; it is turned back. */
  readonly turns?: 0 | 1 | 2 | 3;
  /** Without the data bar, as it lies on the stage. */
  readonly sizePx: { readonly width: number; readonly height: number };
  readonly pixelSizeUm: number;
}

export interface Mosaic {
  /** The whole grid, at most 4,000 px wide and some 16 megapixels large. */
  readonly jpeg: Buffer;
  /** The same for a page or a mail. */
  readonly preview: Buffer;
  readonly widthPx: number;
  readonly heightPx: number;
}

interface Limit {
  readonly widthPx: number;
  readonly areaPx: number;
  readonly bytes: number;
}

const LARGEST: Limit = { widthPx: 4000, areaPx: 16_000_000, bytes: 6_000_000 };
const PREVIEW: Limit = { widthPx: 1600, areaPx: 2_500_000, bytes: 1_000_000 };
const QUALITIES = [85, 75, 60, 45] as const;

/**
 * The grid as one picture, tile beside tile by row and column: missing ones hatched grey, failed ones red, left-out
 * ones dim and hatched amber. One tile is in memory at a time, beside the picture itself.
 * @param tiles at least one, each inside the grid.
 */
export async function drawMosaic(tiles: readonly MosaicTile[], grid: GridSize): Promise<Mosaic> {
  const { sizePx } = tiles[0]!;
  const whole = emptySheet(sizePx, grid, LARGEST);
  const preview = emptySheet(sizePx, grid, PREVIEW);
  for (const tile of tiles) {
    const picture = tile.state === 'failed' ? null : await uprightPicture(tile);
    for (const sheet of [whole, preview]) await drawTile(sheet, tile, picture);
  }
  const { widthPx, heightPx } = whole.canvas;
  const fieldWidthUm = tiles[0]!.pixelSizeUm * sizePx.width;
  const finished = ({ canvas }: Sheet) =>
    withScaleBar(canvas, (grid.columns * fieldWidthUm) / canvas.widthPx);
  return {
    jpeg: await jpegWithin(await finished(whole), LARGEST.bytes),
    preview: await jpegWithin(await finished(preview), PREVIEW.bytes),
    widthPx,
    heightPx,
  };
}

async function uprightPicture(tile: MosaicTile): Promise<RgbCanvas | null> {
  const picture = await overlayPicture(tile);
  const { turns = 0 } = tile;
  if (picture === null || turns === 0) return picture;
  const { widthPx, heightPx, data } = picture;
  const turned = sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } }).rotate(90 * turns);
  const { data: upright, info } = await turned.raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, data: upright };
}

interface Sheet {
  readonly canvas: RgbCanvas;
  boxOf(site: LatticeSite): Box;
}

function emptySheet(tile: MosaicTile['sizePx'], { rows, columns }: GridSize, limit: Limit): Sheet {
  const byWidth = limit.widthPx / (columns * tile.width);
  const byArea = Math.sqrt(limit.areaPx / (columns * tile.width * rows * tile.height));
  const scale = Math.min(1, byWidth, byArea);
  const widthPx = Math.max(1, Math.floor(tile.width * scale));
  const heightPx = Math.max(1, Math.floor(tile.height * scale));
  const canvas = rgbCanvas(widthPx * columns, heightPx * rows);
  const boxOf = ({ row, column }: LatticeSite): Box => ({
    x: column * widthPx,
    y: row * heightPx,
    widthPx,
    heightPx,
  });
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      markMissing(canvas, boxOf({ row, column }));
    }
  }
  return { canvas, boxOf };
}

async function drawTile(
  { canvas, boxOf }: Sheet,
  tile: MosaicTile,
  picture: RgbCanvas | null,
): Promise<void> {
  const box = boxOf(tile);
  if (!picture) return markFailed(canvas, box);
  const { widthPx, heightPx, data } = picture;
  const scaled = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .resize(box.widthPx, box.heightPx, { fit: 'fill' })
    .raw()
    .toBuffer();
  place(canvas, box, scaled);
  // Averaged with the grey beside them, thin outlines would fade away.
  for (const colour of [CERTAIN_RGB, UNCERTAIN_RGB]) placeColour(canvas, box, picture, colour);
  if (tile.state === 'left-out') markLeftOut(canvas, box);
}

/** The best of a few qualities that keeps to `bytes`; noise is what makes a JPEG large. */
async function jpegWithin({ widthPx, heightPx, data }: RgbCanvas, bytes: number): Promise<Buffer> {
  let jpeg = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    jpeg = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
      .jpeg({ quality })
      .toBuffer();
    if (jpeg.length <= bytes) break;
  }
  return jpeg;
}
