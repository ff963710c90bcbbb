import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path leads into a folder, by its words alone. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
