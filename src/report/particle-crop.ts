import sharp, { type Sharp } from 'sharp';
import { readPixels } from '../watcher/pixels.ts';

/** Where a particle can be seen. */
export interface ParticlePlace {
  /** Its tile with outlines; null where none are drawn. */
  readonly overlayPath: string | null;
  readonly tilePath: string;
  readonly databarHeightPx: number;
  /** Left, top, width, height in the tile. */
  readonly boxPx: readonly [number, number, number, number];
}

/** Room around the particle, so that the eye sees what it lies among. */
const MARGIN = 1.8;
const SIDE_MIN_PX = 64;

/** A square around the particle as JPEG of `sidePx`; null where neither overlay nor tile can be read any more. */
export async function particleCrop(place: ParticlePlace, sidePx: number): Promise<Buffer | null> {
  for (const open of [() => overlayOf(place), () => tileOf(place)]) {
    try {
      const picture = await open();
      const { width, height } = await picture.metadata();
      return await picture
        .extract(squareAround(place.boxPx, width, height))
        .resize(sidePx, sidePx)
        .toColourspace('srgb')
        .jpeg({ quality: 78 })
        .toBuffer();
    } catch {
      // The next one may still be there.
    }
  }
  return null;
}

async function overlayOf({ overlayPath }: ParticlePlace): Promise<Sharp> {
  if (overlayPath === null) throw new Error('no overlay');
  return sharp(overlayPath);
}

async function tileOf({ tilePath, databarHeightPx }: ParticlePlace): Promise<Sharp> {
  const { widthPx, heightPx, pixels } = await readPixels(tilePath, databarHeightPx);
  return sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 1 } });
}

/** As near to the particle's middle as the tile's borders allow. */
function squareAround([x, y, boxWidth, boxHeight]: ParticlePlace['boxPx'], width: number, height: number) {
  const wanted = Math.max(SIDE_MIN_PX, Math.round(MARGIN * Math.max(boxWidth, boxHeight)));
  const side = Math.min(wanted, width, height);
  const start = (middle: number, length: number): number =>
    Math.round(Math.min(Math.max(0, middle - side / 2), length - side));
  return {
    left: start(x + boxWidth / 2, width),
    top: start(y + boxHeight / 2, height),
    width: side,
    height: side,
  };
}
