import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { borderPixels } from '../measure/border-pixels.ts';
import type { Mask } from '../measure/mask.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import { indexedPng } from './indexed-png.ts';
import { CERTAIN_RGB, UNCERTAIN_RGB } from './outline-colours.ts';

const CERTAIN = 254;
const UNCERTAIN = 255;
/** White and the two greys below it share an index, so that both colours have room. */
const BRIGHTEST = 253;

export const OVERLAY_PALETTE: Uint8Array = overlayPalette();

export interface OverlaySegment {
  readonly mask: Mask;
  readonly certain: boolean;
}

/** outlines: they alone, on nothing, drawn over the tile when somebody looks; pictures: over the tile already. */
export type OverlayKind = 'outlines' | 'pictures';

/** The palette of outlines alone: the first index is transparent. */
const OUTLINES_PALETTE = Uint8Array.from([0, 0, 0, ...CERTAIN_RGB, ...UNCERTAIN_RGB]);

/**
 * The tile as indices of OVERLAY_PALETTE, with each particle's outline two pixels wide, green when certain, red when
 * not. Pure.
 */
export function drawOverlay(image: GreyImage, segments: readonly OverlaySegment[]): Uint8Array {
  const indices = greyIndices(image);
  drawLines(indices, image, segments, [CERTAIN, UNCERTAIN]);
  return indices;
}

/** The same of outlines that were kept alone: bytes of red, green, blue, alpha, of the tile's size. Pure. */
export function overOutlines(image: GreyImage, outlines: Uint8Array): Uint8Array {
  const indices = greyIndices(image);
  for (let i = 0; i < indices.length; i++) {
    if (outlines[i * 4 + 3] !== 0) indices[i] = outlines[i * 4] === CERTAIN_RGB[0] ? CERTAIN : UNCERTAIN;
  }
  return indices;
}

/** Writes the overlay as PNG; a reader never sees half of one. */
export async function writeOverlay(
  path: string,
  image: GreyImage,
  segments: readonly OverlaySegment[],
  kind: OverlayKind = 'pictures',
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await writeFile(partial, await overlayPng(image, segments, kind));
  await rename(partial, path);
}

function overlayPng(
  image: GreyImage,
  segments: readonly OverlaySegment[],
  kind: OverlayKind,
): Promise<Buffer> {
  const { widthPx, heightPx } = image;
  if (kind === 'pictures')
    return indexedPng(widthPx, heightPx, drawOverlay(image, segments), OVERLAY_PALETTE);
  const indices = new Uint8Array(widthPx * heightPx);
  drawLines(indices, image, segments, [1, 2]);
  return indexedPng(widthPx, heightPx, indices, OUTLINES_PALETTE, 'lines');
}

function greyIndices({ pixels }: GreyImage): Uint8Array {
  const indices = pixels.slice();
  for (let i = 0; i < indices.length; i++) if (indices[i]! > BRIGHTEST) indices[i] = BRIGHTEST;
  return indices;
}

function drawLines(
  indices: Uint8Array,
  { widthPx, heightPx }: Pick<GreyImage, 'widthPx' | 'heightPx'>,
  segments: readonly OverlaySegment[],
  [certainIndex, uncertainIndex]: readonly [number, number],
): void {
  for (const { mask, certain } of segments) {
    const colour = certain ? certainIndex : uncertainIndex;
    for (const { x, y } of borderPixels(mask)) {
      const at = y * widthPx + x;
      indices[at] = colour;
      if (x + 1 < widthPx) indices[at + 1] = colour;
      if (y + 1 < heightPx) indices[at + widthPx] = colour;
    }
  }
}

function overlayPalette(): Uint8Array {
  const palette = Uint8Array.from({ length: 256 * 3 }, (_, i) => Math.floor(i / 3));
  palette.set([255, 255, 255], BRIGHTEST * 3);
  palette.set(CERTAIN_RGB, CERTAIN * 3);
  palette.set(UNCERTAIN_RGB, UNCERTAIN * 3);
  return palette;
}
