import { basename } from 'node:path';
import { UnusableFileError } from '../errors.ts';
import { type FileState, isSameState } from './file-state.ts';
import { type OpenFile, withFileBytes } from './image/file-bytes.ts';
import { type ImageHeader, requireGreyTile } from './image/image-header.ts';
import { headerOf } from './image/read-image-header.ts';
import { metadataBeside, ownMetadata } from './metadata/own-metadata.ts';
import type { TileMetadata } from './metadata/tile-metadata.ts';
import { requirePartlySample, withoutSize, withStated } from './metadata/with-stated.ts';
import { readSidecar, readTextBeside } from './sidecars.ts';
import type { TileFile } from './tile-file.ts';

export interface ReadTileOptions {
  /** Display width that magnification refers to where the file does not say, metres. */
  readonly displayWidthDefaultM: number;
  /** Side of a pixel of files that have none of their own (`instrument.pixelSizeNm`); null or left out: they are set aside. */
  readonly pixelSizeNm?: number | null;
  /** Where the file has to lie, without a symbolic link on the way; anywhere where it is left out. */
  readonly within?: string;
}

/** What readTile gives: the file's identity, and what the microscope says about it. */
export interface ReadTile {
  readonly file: TileFile;
  readonly metadata: TileMetadata;
}

/**
 * Reads all that is known of a tile short of its pixels.
 *
 * @throws UnusableFileError with any code of readImageHeader, requireGreyTile, ownMetadata and withStated; `truncated`
 * (may recover) where the file changes during the reading, whatever else seems wrong with it
 */
export async function readTile(path: string, options: ReadTileOptions): Promise<ReadTile> {
  return withFileBytes(path, (file) => readOpened(file, options), options.within);
}

async function readOpened(file: OpenFile, options: ReadTileOptions): Promise<ReadTile> {
  const before = await file.state();
  try {
    return await readUnwatched(file, before, options);
  } finally {
    requireUnchanged(file.path, before, await file.state());
  }
}

async function readUnwatched(file: OpenFile, state: FileState, options: ReadTileOptions): Promise<ReadTile> {
  const { path } = file;
  const header = await headerOf(file);
  const metadata = await metadataOf(path, header, options);
  const { widthPx, heightPx } = header;
  const contentHash = await file.sha256();
  return { file: { path, contentHash, ...state, widthPx, heightPx }, metadata };
}

async function metadataOf(
  path: string,
  header: ImageHeader,
  options: ReadTileOptions,
): Promise<TileMetadata> {
  const { displayWidthDefaultM, pixelSizeNm = null, within } = options;
  const sidecar = await readSidecar(path, within);
  const stated = { sidecar, sidecarName: `${basename(path)}.json`, pixelSizeNm };
  const own =
    ownMetadata(header, path, displayWidthDefaultM) ?? (await metadataOfText(path, header, options));
  // A statement about all files makes no tile of a navigation camera's; JPEG and BMP are colours as a rule.
  const isStated = sidecar !== null || (pixelSizeNm !== null && !['tiff', 'png'].includes(header.format));
  requireGreyTile(path, header, header.feiXml !== null || own !== null || isStated);
  requirePartlySample(stated, path, header);
  const metadata = withStated(own, stated, path, header, displayWidthDefaultM);
  if (metadata === null) throw withoutSize(path, header.format, header.makers.description);
  return header.isLossy ? { ...metadata, isLossy: true } : metadata;
}

async function metadataOfText(
  path: string,
  header: ImageHeader,
  { displayWidthDefaultM, within }: ReadTileOptions,
): Promise<TileMetadata | null> {
  const text = await readTextBeside(path, within);
  return text && metadataBeside(text, header, path, displayWidthDefaultM);
}

function requireUnchanged(path: string, before: FileState, after: FileState): void {
  if (isSameState(before, after)) return;
  throw new UnusableFileError(
    path,
    'truncated',
    `is still being written (${before.sizeBytes} bytes, then ${after.sizeBytes} while it was read)`,
    true,
  );
}
