import sharp, { type Sharp } from 'sharp';
import { PIXELS_MAX } from '../watcher/image/image-limits.ts';

/** Opens a picture of the report's folder. Others may write there too, so that it is bounded as a tile is. */
export function openPicture(path: string): Sharp {
  return sharp(path, { limitInputPixels: PIXELS_MAX });
}
