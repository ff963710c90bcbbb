import sharp from 'sharp';
import type { Particle } from '../measure/particle.ts';
import { readPixels } from '../watcher/image/pixels.ts';
import { openPicture } from './open-picture.ts';

/** Side of a crop's picture. */
export const CROP_PX = 288;

/** Room around a particle, as a share of its longer side. */
const ROOM = 0.5;
const SMALLEST_PX = 48;

/** Where a particle's picture is cut from. */
export interface CropSource {
  readonly overlayPath: string;
  readonly path: string;
  readonly databarHeightPx: number;
}

/**
 * A particle with its surroundings as a square PNG, from the overlay or else from the tile; null where neither can
 * be read any more.
 */
export async function particleCrop(
  source: CropSource,
  { boxPx }: Pick<Particle, 'boxPx'>,
): Promise<Buffer | null> {
  try {
    return await cut(await openPicture(source.overlayPath).png().toBuffer(), boxPx);
  } catch {
    try {
      const { widthPx, heightPx, pixels } = await readPixels(source.path, source.databarHeightPx);
      const tile = sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 1 } });
      return await cut(await tile.png().toBuffer(), boxPx);
    } catch {
      return null;
    }
  }
}

async function cut(picture: Buffer, [x, y, width, height]: Particle['boxPx']): Promise<Buffer> {
  const { width: widthPx, height: heightPx } = await sharp(picture).metadata();
  const wanted = Math.max(SMALLEST_PX, Math.ceil(Math.max(width, height) * (1 + 2 * ROOM)));
  const side = Math.min(wanted, widthPx, heightPx);
  const from = (middle: number, size: number): number =>
    Math.max(0, Math.min(size - side, Math.round(middle - side / 2)));
  return sharp(picture)
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
