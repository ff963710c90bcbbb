import sharp from 'sharp';
import type { Particle } from '../measure/particle.ts';
import { FRAME_RGB } from './outline-colours.ts';
import { overlayPicture, type PictureSource } from './overlay-picture.ts';
import { frame, type RgbCanvas } from './rgb-canvas.ts';
import { withScaleBar } from './scale-bar.ts';

/** Side of a crop's picture. */
export const CROP_PX = 288;

/** Room around a particle, as a share of its longer side. */
const ROOM = 0.5;
const SMALLEST_PX = 48;

const FRAME_GAP_PX = 4;

/** How much of a tile a crop shows, so that several are at one scale. */
export interface CropScale {
  /** Of the square, in pixels of the tile; at most the tile's shorter side is shown. */
  readonly sidePx: number;
  /** For the scale bar. */
  readonly pixelSizeUm: number;
}

/** Side of the square that shows a particle with room around it, in pixels of its tile. */
export function cropSidePx([, , width, height]: Particle['boxPx']): number {
  return Math.max(SMALLEST_PX, Math.ceil(Math.max(width, height) * (1 + 2 * ROOM)));
}

/**
 * A particle with its surroundings as a square PNG, from the overlay or else from the tile; null where neither can
 * be read any more.
 */
export async function particleCrop(
  source: PictureSource,
  { boxPx }: Pick<Particle, 'boxPx'>,
): Promise<Buffer | null> {
  const picture = await overlayPicture(source);
  return picture && cutCrop(picture, boxPx);
}

/**
 * The same out of a tile's picture that is at hand.
 * @param scale with scale bar and frame; absent: as large as the particle asks for, without them.
 */
export async function cutCrop(
  picture: RgbCanvas,
  boxPx: Particle['boxPx'],
  scale?: CropScale,
): Promise<Buffer> {
  const { widthPx, heightPx, data } = picture;
  const [x, y, width, height] = boxPx;
  const side = Math.min(scale?.sidePx ?? cropSidePx(boxPx), widthPx, heightPx);
  const from = (middle: number, size: number): number =>
    Math.max(0, Math.min(size - side, Math.round(middle - side / 2)));
  const left = from(x + width / 2, widthPx);
  const top = from(y + height / 2, heightPx);
  const square = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .extract({ left, top, width: side, height: side })
    .resize(CROP_PX, CROP_PX, { kernel: 'cubic' })
    .raw()
    .toBuffer();
  const plain = { widthPx: CROP_PX, heightPx: CROP_PX, data: square };
  if (scale) {
    const inCrop = (px: number): number => Math.round((px * CROP_PX) / side);
    const [boxX, boxY] = [inCrop(x - left) - FRAME_GAP_PX, inCrop(y - top) - FRAME_GAP_PX];
    const [wide, high] = [inCrop(width) + 2 * FRAME_GAP_PX, inCrop(height) + 2 * FRAME_GAP_PX];
    frame(plain, { x: boxX, y: boxY, widthPx: wide, heightPx: high }, FRAME_RGB);
  }
  const shown = scale ? await withScaleBar(plain, (scale.pixelSizeUm * side) / CROP_PX) : plain;
  return sharp(shown.data, { raw: { width: CROP_PX, height: CROP_PX, channels: 3 } })
    .png({ palette: true })
    .toBuffer();
}
