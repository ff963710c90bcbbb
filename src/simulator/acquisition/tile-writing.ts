import type { Buffer } from 'node:buffer';
import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Exposure } from './exposure.ts';

const chunksPerFile = 4;

/**
 * Writes in place, chunk after chunk: a reader may find any beginning of the file. A preallocated file has
 * its full size, all zeros, before the first chunk (as on Samba); a half-written one never gets the rest.
 */
export async function writeAsInstrument(
  path: string,
  bytes: Buffer,
  writing: Exposure['writing'],
  chunkPauseMs: number,
): Promise<void> {
  const file = await open(path, 'w');
  try {
    if (writing === 'preallocated') {
      await file.truncate(bytes.length);
      if (chunkPauseMs > 0) await wait(chunkPauseMs);
    }
    const end = writing === 'half-written' ? Math.floor(bytes.length / 2) : bytes.length;
    const chunkBytes = Math.ceil(end / chunksPerFile);
    for (let at = 0; at < end; at += chunkBytes) {
      if (at > 0 && chunkPauseMs > 0) await wait(chunkPauseMs);
      const chunk = bytes.subarray(at, Math.min(end, at + chunkBytes));
      await file.write(chunk, 0, chunk.length, at);
    }
  } finally {
    await file.close();
  }
}
