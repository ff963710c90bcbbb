import { extname, matchesGlob } from 'node:path';

/** Which files of the export folder are tiles; paths are relative to it. */
export interface PathFilter {
  accepts(relativePath: string): boolean;
  /** True for a folder of which everything is excluded (by a pattern like `archive/**`). */
  skipsFolder(relativePath: string): boolean;
}

/**
 * Accepts what some `include` glob matches and no `exclude` glob does. Upper and lower case are alike in a
 * file's extension only: `*.tif` takes `A.TIF`.
 */
export function createPathFilter(include: readonly string[], exclude: readonly string[]): PathFilter {
  const included = include.map(lowerExtension);
  const excluded = exclude.map(lowerExtension);
  const excludedFolders = exclude.filter((glob) => glob.endsWith('/**')).map((glob) => glob.slice(0, -3));
  return {
    accepts(relativePath) {
      const path = lowerExtension(relativePath);
      const matches = (glob: string): boolean => matchesGlob(path, glob);
      return included.some(matches) && !excluded.some(matches);
    },
    skipsFolder: (relativePath) => excludedFolders.some((glob) => matchesGlob(relativePath, glob)),
  };
}

function lowerExtension(path: string): string {
  const extension = extname(path);
  return path.slice(0, path.length - extension.length) + extension.toLowerCase();
}
