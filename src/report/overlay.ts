import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { borderPixels } from '../measure/border-pixels.ts';
import type { Mask } from '../measure/mask.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import { indexedPng } from './indexed-png.ts';

/** Outline colours as in the paper's Fig. 5, bright enough for dark tape. */
export const CERTAIN_RGB = [40, 220, 70] as const;
export const UNCERTAIN_RGB = [255, 60, 50] as const;

const CERTAIN = 254;
const UNCERTAIN = 255;
/** White and the two greys below it share an index, so that both colours have room. */
const BRIGHTEST = 253;

export const OVERLAY_PALETTE: Uint8Array = overlayPalette();

export interface OverlaySegment {
  readonly mask: Mask;
  readonly certain: boolean;
}

/**
 * The tile as indices of OVERLAY_PALETTE, with each particle's outline two pixels wide, green when certain, red when
 * not. Pure.
 */
export function drawOverlay(image: GreyImage, segments: readonly OverlaySegment[]): Uint8Array {
  const { widthPx, heightPx, pixels } = image;
  const indices = pixels.slice();
  for (let i = 0; i < indices.length; i++) if (indices[i]! > BRIGHTEST) indices[i] = BRIGHTEST;
  for (const { mask, certain } of segments) {
    const colour = certain ? CERTAIN : UNCERTAIN;
    for (const { x, y } of borderPixels(mask)) {
      const at = y * widthPx + x;
      indices[at] = colour;
      if (x + 1 < widthPx) indices[at + 1] = colour;
      if (y + 1 < heightPx) indices[at + widthPx] = colour;
    }
  }
  return indices;
}

/** Writes the overlay as PNG; a reader never sees half of one. */
export async function writeOverlay(
  path: string,
  image: GreyImage,
  segments: readonly OverlaySegment[],
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  const indices = drawOverlay(image, segments);
  await writeFile(partial, await indexedPng(image.widthPx, image.heightPx, indices, OVERLAY_PALETTE));
  await rename(partial, path);
}

function overlayPalette(): Uint8Array {
  const palette = Uint8Array.from({ length: 256 * 3 }, (_, i) => Math.floor(i / 3));
  palette.set([255, 255, 255], BRIGHTEST * 3);
  palette.set(CERTAIN_RGB, CERTAIN * 3);
  palette.set(UNCERTAIN_RGB, UNCERTAIN * 3);
  return palette;
}
