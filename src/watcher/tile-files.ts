import { lstat } from 'node:fs/promises';
import { type FileState, isStill, statesOf } from './file-state.ts';
import { withFileBytes } from './image/file-bytes.ts';
import { createPathFilter, type PathPatterns } from './path-filter.ts';
import { type ReadTile, readTile } from './read-tile.ts';
import { betterTwinOf } from './twins.ts';

/** The export folder is out of reach: its files are neither usable nor unusable, and whoever asked tries again. */
export class FolderAwayError extends Error {
  override readonly name = 'FolderAwayError';
}

/** What the walk of the tiles asks of the export folder; nothing else in the daemon's process touches it. */
export interface TileFiles {
  /** Whether the regular file shows the same from outside as when it was last looked at. */
  isStill(known: FileState, path: string): Promise<boolean>;
  /** As `readTile` within the export folder. */
  read(path: string): Promise<ReadTile>;
  /** The tile beside it that shows the same field in a better format, by its name; null where there is none. */
  twinOf(path: string): Promise<string | null>;
  /** As `statesOf`. */
  states(paths: readonly string[]): Promise<(FileState | null)[]>;
  /** SHA-256 of what lies there now; null where it cannot be read. */
  contentHash(path: string): Promise<string | null>;
  /** Whether one shows the other with its contrast turned round; false where one of them cannot be read now. */
  areInverse(one: PixelSource, other: PixelSource): Promise<boolean>;
  /** Those that are not there any more, while their folder is: deleted, and not only out of reach. */
  gone(paths: readonly string[]): Promise<string[]>;
  /** False while nothing can be read, as far as is known. */
  isThere(): boolean;
  /** Whether it was out of reach at any time since then, by the steady clock. */
  wasAwaySince(ms: number): boolean;
  /** Whether it is worth waiting for files that cannot be read now. */
  readonly isWatched: boolean;
}

/** What the pixels of a tile are read from. */
export interface PixelSource {
  readonly path: string;
  readonly databarHeightPx: number;
}

export interface TileFilesOptions {
  readonly folder: string;
  /** Display width that magnification refers to where a file does not say, metres. */
  readonly displayWidthDefaultM: number;
  /** As `instrument.pixelSizeNm`. */
  readonly pixelSizeNm?: number | null;
  /** Which files are tiles; any where left out. */
  readonly patterns?: PathPatterns;
}

const EVERYTHING: PathPatterns = { include: ['**/*'], exclude: [], excludeFolders: [] };

/** Files looked at directly, once: for an analysis of a folder that is simply there. */
export function localTileFiles(options: TileFilesOptions): TileFiles {
  const { folder, displayWidthDefaultM, pixelSizeNm = null, patterns = EVERYTHING } = options;
  const filter = createPathFilter(patterns);
  return {
    isStill,
    read: (path) => readTile(path, { displayWidthDefaultM, pixelSizeNm, within: folder }),
    twinOf: (path) => betterTwinOf(path, folder, filter),
    states: statesOf,
    contentHash: (path) => withFileBytes(path, (file) => file.sha256(), folder).catch(() => null),
    areInverse: (one, other) => areInverseFiles(one, other, folder).catch(() => false),
    gone: goneOf,
    isThere: () => true,
    wasAwaySince: () => false,
    isWatched: false,
  };
}

async function areInverseFiles(one: PixelSource, other: PixelSource, within: string): Promise<boolean> {
  // Only where two images share a place: a process that but reads headers does without the decoder.
  const [{ areInverse }, { decodePixels, readWhole }] = await Promise.all([
    import('./image/inverse.ts'),
    import('./image/pixels.ts'),
  ]);
  const image = async ({ path, databarHeightPx }: PixelSource) =>
    decodePixels(path, await readWhole(path, within), databarHeightPx);
  return areInverse(await image(one), await image(other));
}

async function goneOf(paths: readonly string[]): Promise<string[]> {
  const gone: string[] = [];
  for (const path of paths) {
    try {
      await lstat(path);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ENOTDIR') gone.push(path);
    }
  }
  return gone;
}
