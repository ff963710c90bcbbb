import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { messageOf, UnusableFileError } from '../../errors.ts';
import { type FileState, stateOf } from '../file-state.ts';
import { requireInFolder } from './no-link.ts';

/** An open file, or its bytes in memory, of which any stretch can be read, and none outside it. */
export interface FileBytes {
  readonly path: string;
  readonly sizeBytes: number;
  /**
   * @param what the part that lies there, for the message
   * @throws UnusableFileError `truncated` where the stretch reaches beyond the end of the file
   */
  read(offset: number, lengthBytes: number, what: string): Promise<Buffer>;
}

/** A file that stays the same one while it is open, whatever takes its place in the folder. */
export interface OpenFile extends FileBytes {
  /** As it is now. */
  state(): Promise<FileState>;
  /** SHA-256 of the whole file as large as it was when it was opened, lower-case hexadecimal. */
  sha256(): Promise<string>;
}

/** 64 Mpx in 16 bits are 128 MB; a file that is read whole, or hashed, holds nobody up for longer than a second or two. */
const FILE_MAX_BYTES = 256 * 1024 * 1024;
const HASHED_AT_ONCE_BYTES = 256 * 1024;

/**
 * Opens the file once, lends it to `use`, closes it.
 *
 * @param within the folder in which it has to lie, without a symbolic link on the way; anywhere where left out
 * @throws UnusableFileError `unreadable` for system errors, links and what is no regular file; `too-large`
 */
export async function withFileBytes<T>(
  path: string,
  use: (file: OpenFile) => Promise<T>,
  within?: string,
): Promise<T> {
  return orUnreadable(path, async () => {
    // O_NONBLOCK: a named pipe would wait for its writer for ever.
    const noLink = within === undefined ? 0 : constants.O_NOFOLLOW;
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | noLink);
    try {
      const stats = await handle.stat();
      if (within !== undefined) await requireInFolder(handle, path, within);
      requireRegular(path, stats.isFile(), stats.size);
      return await use(openFile(handle, path, stats.size));
    } finally {
      await handle.close();
    }
  });
}

/** The same of a file that has been read already. */
export function bytesInMemory(path: string, bytes: Buffer): FileBytes {
  return {
    path,
    sizeBytes: bytes.length,
    async read(offset, lengthBytes, what) {
      requireInside(path, bytes.length, offset, lengthBytes, what);
      return bytes.subarray(offset, offset + lengthBytes);
    },
  };
}

function openFile(handle: FileHandle, path: string, sizeBytes: number): OpenFile {
  return {
    path,
    sizeBytes,
    read: (offset, lengthBytes, what) => readStretch(handle, path, sizeBytes, offset, lengthBytes, what),
    state: async () => stateOf(await handle.stat()),
    async sha256() {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(HASHED_AT_ONCE_BYTES);
      // Not further: of a file that somebody writes to for ever there is no end.
      for (let at = 0; ; ) {
        const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, sizeBytes - at), at);
        if (bytesRead === 0) return hash.digest('hex');
        hash.update(buffer.subarray(0, bytesRead));
        at += bytesRead;
      }
    },
  };
}

function requireRegular(path: string, isFile: boolean, sizeBytes: number): void {
  if (!isFile)
    throw new UnusableFileError(path, 'unreadable', 'is no regular file; export it again, or exclude it');
  if (sizeBytes > FILE_MAX_BYTES) {
    throw new UnusableFileError(
      path,
      'too-large',
      `has ${sizeBytes} bytes; files of up to ${FILE_MAX_BYTES} are read; export single tiles`,
    );
  }
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
  const buffer = Buffer.alloc(lengthBytes);
  let read = 0;
  // A share may give less than it was asked for.
  while (read < lengthBytes) {
    const { bytesRead } = await handle.read(buffer, read, lengthBytes - read, offset + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  // A writer that starts over may cut the file between the two calls.
  requireInside(path, offset + read, offset, lengthBytes, what);
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
async function orUnreadable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const isLink = 'code' in error && error.code === 'ELOOP';
    throw new UnusableFileError(
      path,
      'unreadable',
      isLink
        ? 'is a symbolic link inside the export folder, which is not followed; put the file there'
        : `cannot be read: ${messageOf(error)}; check that the file exists and that the daemon may read it`,
      !isLink,
    );
  }
}
