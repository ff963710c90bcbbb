import { lstat } from 'node:fs/promises';
import { basename, extname, relative } from 'node:path';
import type { PathFilter } from './path-filter.ts';

/** Endings by what they keep of a picture, the best first; those of one entry keep the same. */
const RANKS = [['.tif', '.tiff', '.png'], ['.bmp'], ['.jpg', '.jpeg']];

function rankOf(ending: string): number {
  return RANKS.findIndex((endings) => endings.includes(ending.toLowerCase()));
}

/** Whether a file of the same name and a better ending may show the same field. */
export function mayHaveTwin(path: string): boolean {
  return rankOf(extname(path)) > 0;
}

/** Whether two files of one folder and name differ in their endings alone, of which the first keeps more. */
export function isBetterTwin(path: string, other: string): boolean {
  const better = rankOf(extname(path));
  return better >= 0 && better < rankOf(extname(other)) && withoutEnding(path) === withoutEnding(other);
}

/**
 * A tile of the same name beside the file whose format keeps more, as `a.tif` beside `a.jpg`: both show one field, which
 * must not count twice. Null where there is none that the patterns take.
 *
 * @param folder the export folder, to which the filter's paths are relative
 */
export async function betterTwinOf(path: string, folder: string, filter: PathFilter): Promise<string | null> {
  const stem = withoutEnding(path);
  const endings = RANKS.slice(0, Math.max(0, rankOf(extname(path)))).flat();
  for (const ending of endings.flatMap((one) => [one, one.toUpperCase()])) {
    const twin = stem + ending;
    if (filter.accepts(relative(folder, twin)) && (await isFile(twin))) return basename(twin);
  }
  return null;
}

function withoutEnding(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch {
    return false;
  }
}
