import { type FileHandle, open } from 'node:fs/promises';
import { messageOf, UnusableFileError } from '../../errors.ts';

/** An open file of which any stretch can be read, and none outside it. */
export interface FileBytes {
  readonly path: string;
  readonly sizeBytes: number;
  /**
   * @param what the part that lies there, for the message
   * @throws UnusableFileError `truncated` where the stretch reaches beyond the end of the file
   */
  read(offset: number, lengthBytes: number, what: string): Promise<Buffer>;
}

/** Opens the file, lends it to `use`, closes it. System errors become UnusableFileError `unreadable`. */
export async function withFileBytes<T>(path: string, use: (file: FileBytes) => Promise<T>): Promise<T> {
  return orUnreadable(path, async () => {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      return await use({
        path,
        sizeBytes: size,
        read: (offset, lengthBytes, what) => readStretch(handle, path, size, offset, lengthBytes, what),
      });
    } finally {
      await handle.close();
    }
  });
}

async function readStretch(
  handle: FileHandle,
  path: string,
  sizeBytes: number,
  offset: number,
  lengthBytes: number,
  what: string,
): Promise<Buffer> {
  requireInside(path, sizeBytes, offset, lengthBytes, what);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(lengthBytes), 0, lengthBytes, offset);
  // A writer that starts over may cut the file between the two calls.
  requireInside(path, offset + bytesRead, offset, lengthBytes, what);
  return buffer;
}

/** @throws UnusableFileError `truncated` unless the stretch lies in the file */
export function requireInside(
  path: string,
  sizeBytes: number,
  offset: number,
  lengthBytes: number,
  what: string,
): void {
  if (offset + lengthBytes > sizeBytes) {
    throw notWritten(path, `ends at byte ${sizeBytes}, but ${what} reaches to byte ${offset + lengthBytes}`);
  }
}

/** @returns `truncated`: what is wrong with the file, and that more of it may still arrive */
export function notWritten(path: string, what: string): UnusableFileError {
  return new UnusableFileError(path, 'truncated', `${what}; it is not wholly written or damaged`, true);
}

/** Runs `work`; a system error (EACCES, ENOENT, EIO and the like) becomes UnusableFileError `unreadable`. */
export async function orUnreadable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw new UnusableFileError(
        path,
        'unreadable',
        `cannot be read: ${messageOf(error)}; check that the file exists and that the daemon may read it`,
        true,
      );
    }
    throw error;
  }
}
