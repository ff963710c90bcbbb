import { createHash } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';

const AT_ONCE_BYTES = 4 * 1024 * 1024;

/** SHA-256 of bytes in memory, hexadecimal; others have their turn between the pieces of a large tile. */
export async function bytesHash(bytes: Buffer): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += AT_ONCE_BYTES) {
    hash.update(bytes.subarray(at, at + AT_ONCE_BYTES));
    await others();
  }
  return hash.digest('hex');
}
