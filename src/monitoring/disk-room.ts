import { statfs } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

export interface DiskRoom {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

const PATIENCE_MS = 1_000;

/**
 * Asks for the room on the disk of a folder; null where it cannot be told. A share that hangs is asked once and not again
 * until it answers, so that it takes one thread of the process at most.
 */
export function diskRoomOf(folder: string): () => Promise<DiskRoom | null> {
  let asked: Promise<DiskRoom | null> | null = null;
  return () => {
    asked ??= ask(folder).finally(() => {
      asked = null;
    });
    return Promise.race([asked, pause(PATIENCE_MS, null, { ref: false })]);
  };
}

async function ask(folder: string): Promise<DiskRoom | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return null;
  }
}
