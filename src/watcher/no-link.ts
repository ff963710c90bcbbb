import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UnusableFileError } from '../errors.ts';
import { orUnreadable } from './image/file-bytes.ts';

/**
 * Nothing outside the export folder is read for a tile: neither its file nor a folder on the way is a symbolic
 * link, though the export folder itself may be one.
 * @throws UnusableFileError `unreadable`
 */
export async function requireNoLink(path: string, folder: string): Promise<void> {
  const [real, realFolder] = await orUnreadable(path, () => Promise.all([realpath(path), realpath(folder)]));
  if (real === join(realFolder, relative(folder, path))) return;
  throw new UnusableFileError(
    path,
    'unreadable',
    `is reached by a symbolic link inside the export folder ${folder}, which is not followed; put the file there`,
  );
}
