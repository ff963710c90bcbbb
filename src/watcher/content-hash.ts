import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { orUnreadable } from './image/file-bytes.ts';

/**
 * SHA-256 of a file's bytes, hexadecimal: the identity of a tile, wherever it lies.
 * @throws UnusableFileError `unreadable`
 */
export async function contentHashOf(path: string): Promise<string> {
  return orUnreadable(path, async () => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) hash.update(chunk);
    return hash.digest('hex');
  });
}
