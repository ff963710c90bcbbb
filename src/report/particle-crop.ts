import sharp from 'sharp';
import type { Particle } from '../measure/particle.ts';
import { overlayPicture, type PictureSource } from './overlay-picture.ts';
import type { RgbCanvas } from './rgb-canvas.ts';

/** Side of a crop's picture. */
export const CROP_PX = 288;

/** Room around a particle, as a share of its longer side. */
const ROOM = 0.5;
const SMALLEST_PX = 48;

/**
 * A particle with its surroundings as a square PNG, from the overlay or else from the tile; null where neither can
 * be read any more.
 */
export async function particleCrop(
  source: PictureSource,
  { boxPx }: Pick<Particle, 'boxPx'>,
): Promise<Buffer | null> {
  const picture = await overlayPicture(source);
  return picture && cut(picture, boxPx);
}

async function cut(picture: RgbCanvas, [x, y, width, height]: Particle['boxPx']): Promise<Buffer> {
  const { widthPx, heightPx, data } = picture;
  const wanted = Math.max(SMALLEST_PX, Math.ceil(Math.max(width, height) * (1 + 2 * ROOM)));
  const side = Math.min(wanted, widthPx, heightPx);
  const from = (middle: number, size: number): number =>
    Math.max(0, Math.min(size - side, Math.round(middle - side / 2)));
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .extract({
      left: from(x + width / 2, widthPx),
      top: from(y + height / 2, heightPx),
      width: side,
      height: side,
    })
    .resize(CROP_PX, CROP_PX, { kernel: 'cubic' })
    .png({ palette: true })
    .toBuffer();
}
