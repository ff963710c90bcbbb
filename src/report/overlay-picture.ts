import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { contentHashOf } from '../watcher/content-hash.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import { readPixels } from '../watcher/image/pixels.ts';
import { openPicture } from './open-picture.ts';
import { OVERLAY_PALETTE, overOutlines } from './overlay.ts';
import type { RgbCanvas } from './rgb-canvas.ts';

/** What a tile's picture is made of. */
export interface PictureSource {
  readonly overlayPath: string;
  readonly path: string;
  /** Of the tile that was measured; absent: whatever the file holds is shown where there are no outlines. */
  readonly contentHash?: string;
  readonly databarHeightPx: number;
}

/** A tile with its outlines, by indices of OVERLAY_PALETTE. */
export interface OverlayIndices {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly indices: Uint8Array;
}

/**
 * The tile with its outlines: its overlay, or what is kept of it drawn over the tile. Without an overlay the tile
 * itself; null where neither can be read any more, or where the file holds another tile than the outlines are of.
 */
export async function overlayPicture(source: PictureSource): Promise<RgbCanvas | null> {
  const kept = await keptOverlay(source.overlayPath);
  try {
    if (kept?.channels === 3) return kept;
    if (kept === null && (await isWrittenOver(source))) return null;
    const tile = await readPixels(source.path, source.databarHeightPx);
    if (kept === null) return coloured({ ...tile, indices: tile.pixels }, (grey) => [grey, grey, grey]);
    return coloured(await drawnOver(source, tile, kept), (index) => [
      ...OVERLAY_PALETTE.subarray(index * 3, index * 3 + 3),
    ]);
  } catch {
    return null;
  }
}

/**
 * The overlay of which the outlines alone are kept, as it would have been written whole.
 * @returns null where an overlay is kept whole, or none
 * @throws Error where the file of the tile is gone, or holds another tile than the outlines are of
 */
export async function overlayIndices(source: PictureSource): Promise<OverlayIndices | null> {
  const kept = await keptOverlay(source.overlayPath);
  if (kept?.channels !== 4) return null;
  return drawnOver(source, await readPixels(source.path, source.databarHeightPx), kept);
}

interface KeptOverlay extends RgbCanvas {
  /** 4 with transparency: outlines alone. */
  readonly channels: 3 | 4;
}

async function keptOverlay(path: string): Promise<KeptOverlay | null> {
  try {
    const { data, info } = await openPicture(path)
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { widthPx: info.width, heightPx: info.height, data, channels: info.channels === 4 ? 4 : 3 };
  } catch {
    return null;
  }
}

async function drawnOver(source: PictureSource, tile: GreyImage, kept: KeptOverlay): Promise<OverlayIndices> {
  const { widthPx, heightPx } = tile;
  const isOfTile = kept.widthPx === widthPx && kept.heightPx === heightPx && (await hasName(source));
  if (!isOfTile) throw new Error(`${source.path}: holds another tile than the one that was measured`);
  return { widthPx, heightPx, indices: overOutlines(tile, kept.data) };
}

async function isWrittenOver({ path, contentHash }: PictureSource): Promise<boolean> {
  return contentHash !== undefined && (await contentHashOf(path)) !== contentHash;
}

/** An overlay's name ends in the first digits of its tile's content hash (SHA-256). */
async function hasName({ path, overlayPath }: PictureSource): Promise<boolean> {
  const wanted = /-([0-9a-f]{8})\.png$/.exec(overlayPath)?.[1];
  const found = createHash('sha256').update(await readFile(path));
  return wanted === found.digest('hex').slice(0, 8);
}

function coloured(
  { widthPx, heightPx, indices }: OverlayIndices,
  colourOf: (index: number) => readonly number[],
): RgbCanvas {
  const colours = Uint8Array.from(Array.from({ length: 256 }, (_, index) => colourOf(index)).flat());
  const data = Buffer.alloc(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * 3;
    data[i * 3] = colours[from]!;
    data[i * 3 + 1] = colours[from + 1]!;
    data[i * 3 + 2] = colours[from + 2]!;
  }
  return { widthPx, heightPx, data };
}
