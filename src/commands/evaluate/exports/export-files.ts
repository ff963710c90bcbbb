import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { messageOf, UnusableFileError } from '../../../errors.ts';
import type { TileMetadata } from '../../../watcher/metadata/tile-metadata.ts';
import { readTile } from '../../../watcher/read-tile.ts';

export interface ExportFile {
  /** Name of the folder that was given and path in it, with / on every system. */
  readonly name: string;
  readonly path: string;
}

/** What is known of an export before its pixels. */
export interface KnownExport {
  readonly sha256: string;
  /** Null: the file states none, so that it is no tile, but it can be judged in pixels. */
  readonly metadata: TileMetadata | null;
}

/** All images of the folders and those in them, by name. @throws Error where two have one name or there is none. */
export async function exportFiles(folders: readonly string[]): Promise<ExportFile[]> {
  const files = (await Promise.all(folders.map(filesOf))).flat();
  if (files.length === 0) {
    throw new Error(
      `${folders.join(', ') || 'no folder'}: no .tif, .tiff or .png; name folders that hold exports`,
    );
  }
  const twice = files.find(({ name }, index) => files.findIndex((file) => file.name === name) < index);
  if (twice) throw new Error(`two exports are called ${twice.name}; give each folder once, or rename one`);
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The name under which the files of a folder stand. */
export function folderName(folder: string): string {
  return basename(resolve(folder));
}

/** @throws UnusableFileError for what is wrong with a file, except that it states no metadata. */
export async function knownExport(path: string, displayWidthDefaultM: number): Promise<KnownExport> {
  try {
    const { file, metadata } = await readTile(path, { displayWidthDefaultM });
    return { sha256: file.contentHash, metadata };
  } catch (error) {
    if (!(error instanceof UnusableFileError) || error.code !== 'no-metadata') throw error;
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    return { sha256, metadata: null };
  }
}

async function filesOf(folder: string): Promise<ExportFile[]> {
  let entries: Awaited<ReturnType<typeof entriesOf>>;
  try {
    entries = await entriesOf(folder);
  } catch (error) {
    throw new Error(`${folder}: cannot be listed (${messageOf(error)})`);
  }
  return entries
    .filter((entry) => entry.isFile() && /\.(png|tiff?)$/i.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const inFolder = relative(folder, path).split(sep).join('/');
      return { name: `${folderName(folder)}/${inFolder}`, path };
    });
}

function entriesOf(folder: string) {
  return readdir(folder, { recursive: true, withFileTypes: true });
}
