import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { place, type RgbCanvas, rgbCanvas } from '../../report/rgb-canvas.ts';
import { drawPlace } from './draw-place.ts';
import { levelSize, type PyramidPlan } from './plan.ts';

const QUALITY = 80;

/** Tiles that could not be shown. */
export interface Unreadable {
  count: number;
  /** Of the first. */
  reason: string | null;
}

/**
 * Draws all pictures of a pyramid into a folder, as LEVEL/ROW/COLUMN.jpg. A picture is made of the four below it as soon as they
 * are there, so that of each level one picture is in memory, and one tile.
 * @param folder empty; folders are made in it, never it itself: whoever takes it away ends this
 * @param exportFolder in which the tiles lie
 * @param onPlace called after each place of the grid
 * @throws Error where the folder cannot be written
 */
export async function drawPyramid(
  folder: string,
  plan: PyramidPlan,
  exportFolder: string,
  onPlace: (placesDone: number) => void = () => {},
): Promise<Unreadable> {
  const { pictureWidthPx, pictureHeightPx, levels } = plan;
  const sizes = Array.from({ length: levels }, (_, level) => levelSize(plan, level));
  const unreadable: Unreadable = { count: 0, reason: null };
  let placesDone = 0;
  for (const [level, { rows }] of sizes.entries()) {
    await mkdir(join(folder, String(level)));
    for (let row = 0; row < rows; row++) await mkdir(join(folder, String(level), String(row)));
  }

  async function picture(level: number, row: number, column: number): Promise<RgbCanvas> {
    const canvas = level === levels - 1 ? await ofPlace(row, column) : await ofFour(level, row, column);
    await jpegOf(canvas).toFile(join(folder, String(level), String(row), `${column}.jpg`));
    return canvas;
  }

  async function ofPlace(row: number, column: number): Promise<RgbCanvas> {
    const drawn = await drawPlace(plan.tileAt(row, column), pictureWidthPx, pictureHeightPx, exportFolder);
    if (drawn.unreadable !== null) {
      unreadable.count += 1;
      unreadable.reason ??= drawn.unreadable;
    }
    placesDone += 1;
    onPlace(placesDone);
    return drawn.canvas;
  }

  async function ofFour(level: number, row: number, column: number): Promise<RgbCanvas> {
    const size = sizes[level]!;
    const below = sizes[level + 1]!;
    const canvas = rgbCanvas(
      Math.min(pictureWidthPx, size.widthPx - column * pictureWidthPx),
      Math.min(pictureHeightPx, size.heightPx - row * pictureHeightPx),
    );
    for (const [down, right] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const [childRow, childColumn] = [2 * row + down, 2 * column + right];
      if (childRow >= below.rows || childColumn >= below.columns) continue;
      const half = await halved(await picture(level + 1, childRow, childColumn));
      const { widthPx, heightPx } = half;
      const x = (right * pictureWidthPx) / 2;
      const y = (down * pictureHeightPx) / 2;
      place(canvas, { x, y, widthPx, heightPx }, half.data);
    }
    return canvas;
  }

  await picture(0, 0, 0);
  return unreadable;
}

async function halved(canvas: RgbCanvas): Promise<RgbCanvas> {
  const [widthPx, heightPx] = [Math.ceil(canvas.widthPx / 2), Math.ceil(canvas.heightPx / 2)];
  const data = await rawOf(canvas).resize(widthPx, heightPx, { fit: 'fill' }).raw().toBuffer();
  return { widthPx, heightPx, data };
}

function jpegOf(canvas: RgbCanvas): Sharp {
  return rawOf(canvas).jpeg({ quality: QUALITY });
}

function rawOf({ widthPx, heightPx, data }: RgbCanvas): Sharp {
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}
