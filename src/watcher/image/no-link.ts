import { type FileHandle, readlink, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UnusableFileError } from '../../errors.ts';

/**
 * Nothing outside the export folder is read for a tile: no folder on the way to it is a symbolic link, though the
 * export folder itself may be one. Linux says where an open file lies (proc(5)), so that nothing swapped in before or
 * after counts; elsewhere its path is asked.
 * @throws UnusableFileError `unreadable`
 */
export async function requireInFolder(handle: FileHandle, path: string, folder: string): Promise<void> {
  const expected = join(await realpath(folder), relative(folder, path));
  const real =
    process.platform === 'linux' ? await readlink(`/proc/self/fd/${handle.fd}`) : await realpath(path);
  if (real === expected) return;
  // A folder that is moved away while its file is opened is no link.
  if (process.platform === 'linux' && (await realpath(path)) === expected) {
    throw new UnusableFileError(path, 'unreadable', 'was moved or deleted while it was opened', true);
  }
  throw new UnusableFileError(
    path,
    'unreadable',
    `is reached by a symbolic link inside the export folder ${folder}, which is not followed; put the file there`,
  );
}
