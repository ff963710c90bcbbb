import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { borderPixels } from '../measure/border-pixels.ts';
import type { Mask } from '../measure/mask.ts';
import type { GreyImage } from '../watcher/grey-image.ts';

/** Outline colours as in the paper's Fig. 5, bright enough for dark tape. */
export const CERTAIN_RGB = [40, 220, 70] as const;
export const UNCERTAIN_RGB = [255, 60, 50] as const;

export interface OverlaySegment {
  readonly mask: Mask;
  readonly certain: boolean;
}

/** The tile in RGB with each particle's outline two pixels wide, green when certain, red when not. Pure. */
export function drawOverlay(image: GreyImage, segments: readonly OverlaySegment[]): Uint8Array {
  const { widthPx, heightPx, pixels } = image;
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < pixels.length; i++) rgb.fill(pixels[i]!, i * 3, i * 3 + 3);
  for (const { mask, certain } of segments) {
    const colour = certain ? CERTAIN_RGB : UNCERTAIN_RGB;
    for (const { x, y } of borderPixels(mask)) {
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
      ] as const) {
        if (x + dx < widthPx && y + dy < heightPx) rgb.set(colour, ((y + dy) * widthPx + x + dx) * 3);
      }
    }
  }
  return rgb;
}

/** Writes the overlay as PNG; a reader never sees half of one. */
export async function writeOverlay(
  path: string,
  image: GreyImage,
  segments: readonly OverlaySegment[],
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await sharp(drawOverlay(image, segments), {
    raw: { width: image.widthPx, height: image.heightPx, channels: 3 },
  })
    .png({ compressionLevel: 1, adaptiveFiltering: false })
    .toFile(partial);
  await rename(partial, path);
}
