import { UnusableFileError } from '../errors.ts';
import { type FileState, isSameState } from './file-state.ts';
import { type OpenFile, withFileBytes } from './image/file-bytes.ts';
import { requireGreyTile } from './image/image-header.ts';
import { headerOf } from './image/read-image-header.ts';
import { parseFeiImage } from './metadata/fei-image.ts';
import type { TileMetadata } from './metadata/tile-metadata.ts';
import type { TileFile } from './tile-file.ts';

export interface ReadTileOptions {
  /** Display width that magnification refers to where the file does not say, metres. */
  readonly displayWidthDefaultM: number;
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
 * @throws UnusableFileError with any code of readImageHeader, requireGreyTile and parseFeiImage; `truncated`
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
  requireGreyTile(path, header);
  const metadata = parseFeiImage(header.feiXml ?? '', path, header, options.displayWidthDefaultM);
  const { widthPx, heightPx } = header;
  const contentHash = await file.sha256();
  return { file: { path, contentHash, ...state, widthPx, heightPx }, metadata };
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
