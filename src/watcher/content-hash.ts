import { withFileBytes } from './image/file-bytes.ts';

/**
 * SHA-256 of a file's bytes, hexadecimal: the identity of a tile, wherever it lies.
 * @throws UnusableFileError `unreadable`
 */
export async function contentHashOf(path: string): Promise<string> {
  return withFileBytes(path, (file) => file.sha256());
}
