import { extname, matchesGlob } from 'node:path';

/** Which files of the export folder are tiles: globs relative to it. */
export interface PathPatterns {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Folders that are not entered, wherever they lie; upper and lower case are alike. */
  readonly excludeFolders: readonly string[];
}

/** Judges paths relative to the export folder. */
export interface PathFilter {
  accepts(relativePath: string): boolean;
  /** True for a folder of which everything is excluded, as by a pattern like `archive/**`. */
  skipsFolder(relativePath: string): boolean;
}

/**
 * Accepts what some `include` glob matches and no `exclude` glob does. Upper and lower case are alike in a
 * file's extension only: `*.tif` takes `A.TIF`. What lies in folders that are skipped is not asked for.
 */
export function createPathFilter({ include, exclude, excludeFolders }: PathPatterns): PathFilter {
  const included = include.map(lowerExtension);
  const excluded = exclude.map(lowerExtension);
  const emptied = exclude.filter((glob) => glob.endsWith('/**')).map((glob) => glob.slice(0, -3));
  const left = excludeFolders.map((glob) => `**/${glob.toLowerCase()}`);
  return {
    accepts(relativePath) {
      const path = lowerExtension(relativePath);
      const matches = (glob: string): boolean => matchesGlob(path, glob);
      return included.some(matches) && !excluded.some(matches);
    },
    skipsFolder(relativePath) {
      const folder = relativePath.toLowerCase();
      return (
        emptied.some((glob) => matchesGlob(relativePath, glob)) ||
        left.some((glob) => matchesGlob(folder, glob))
      );
    },
  };
}

function lowerExtension(path: string): string {
  const extension = extname(path);
  return path.slice(0, path.length - extension.length) + extension.toLowerCase();
}
