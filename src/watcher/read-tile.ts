import { stat } from 'node:fs/promises';
import { UnusableFileError } from '../errors.ts';
import { contentHashOf } from './content-hash.ts';
import { type FileState, isSameState, stateOf } from './file-state.ts';
import { orUnreadable } from './image/file-bytes.ts';
import { requireGreyTile } from './image/image-header.ts';
import { readImageHeader } from './image/read-image-header.ts';
import { parseFeiImage } from './metadata/fei-image.ts';
import type { TileMetadata } from './metadata/tile-metadata.ts';
import { requireNoLink } from './no-link.ts';
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
  const { within } = options;
  if (within !== undefined) await requireNoLink(path, within);
  const before = await stateNow(path);
  try {
    return await readUnwatched(path, before, options);
  } finally {
    await requireUnchanged(path, before);
    // A link may take a place between seeing and reading.
    if (within !== undefined) await requireNoLink(path, within);
  }
}

async function readUnwatched(path: string, state: FileState, options: ReadTileOptions): Promise<ReadTile> {
  const header = await readImageHeader(path);
  requireGreyTile(path, header);
  const metadata = parseFeiImage(header.feiXml ?? '', path, header, options.displayWidthDefaultM);
  const { widthPx, heightPx } = header;
  const contentHash = await contentHashOf(path);
  return { file: { path, contentHash, ...state, widthPx, heightPx }, metadata };
}

async function stateNow(path: string): Promise<FileState> {
  return stateOf(await orUnreadable(path, () => stat(path)));
}

async function requireUnchanged(path: string, before: FileState): Promise<void> {
  const after = await stateNow(path);
  if (!isSameState(before, after)) {
    throw new UnusableFileError(
      path,
      'truncated',
      `is still being written (${before.sizeBytes} bytes, then ${after.sizeBytes} while it was read)`,
      true,
    );
  }
}
