import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import { decodePixels, readWhole } from '../../watcher/image/pixels.ts';
import { openPicture } from '../open-picture.ts';
import { writeWhole } from '../whole-file.ts';
import type { ShownTile } from './shown-run.ts';

/** Which files show a tile: names in the folder `overlays`, the lowest first. */
export type TileLayers = readonly { readonly name: string; readonly shows: 'tile' | 'outlines' | 'both' }[];

/** Larger tiles are scaled down to so many pixels, so that a sample's pictures stay within some 35 MB. */
const PIXELS_MOST = 4_000_000;
/** At these a virtual tile of 1920 x 1200 takes 65 kB and looks as the tile does; `bench/overlays.ts` has others. */
const WEBP = { quality: 50, effort: 2 };

/**
 * What a browser shows of a tile. Where outlines alone are kept the tile is written beside them, small and lossy,
 * because browsers read no TIFF and the export folder may be out of a reader's reach; once, and not where its file is
 * gone or holds another tile by now. Nothing where no outlines are kept.
 */
export async function tileLayers(folder: string, shown: ShownTile): Promise<TileLayers> {
  const overlays = join(folder, 'overlays');
  const outlines = `${shown.stem}.png`;
  const kept = await openPicture(join(overlays, outlines))
    .metadata()
    .catch(() => null);
  if (kept === null) return [];
  if (!kept.hasAlpha) return [{ name: outlines, shows: 'both' }];
  const picture = `${shown.stem}.webp`;
  const isThere = await writePicture(join(overlays, picture), shown);
  const lines = { name: outlines, shows: 'outlines' } as const;
  return isThere ? [{ name: picture, shows: 'tile' }, lines] : [lines];
}

/**
 * @returns whether the picture is there now.
 * @throws Error where it cannot be written.
 */
async function writePicture(path: string, shown: ShownTile): Promise<boolean> {
  if (existsSync(path)) return true;
  const tile = await tileAsMeasured(shown);
  if (tile === null) return false;
  const { widthPx, heightPx, pixels } = tile;
  const scale = Math.min(1, Math.sqrt(PIXELS_MOST / (widthPx * heightPx)));
  const picture = sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 1 } });
  await writeWhole(
    path,
    await picture
      .resize(Math.round(widthPx * scale))
      .webp(WEBP)
      .toBuffer(),
  );
  return true;
}

/** Null where the export folder is emptied or away, or holds another tile of this name. */
async function tileAsMeasured({ tile: { file, metadata } }: ShownTile): Promise<GreyImage | null> {
  try {
    const bytes = await readWhole(file.path);
    if (createHash('sha256').update(bytes).digest('hex') !== file.contentHash) return null;
    return await decodePixels(file.path, bytes, metadata.databarHeightPx);
  } catch {
    return null;
  }
}
