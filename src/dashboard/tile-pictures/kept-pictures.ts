import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Pictures on this computer's disk, by their names; those that were asked for longest ago go first. */
export interface KeptPictures {
  /** Null where it is not kept. */
  get(name: string): Promise<Buffer | null>;
  /** @throws Error where it cannot be written */
  put(name: string, picture: Buffer): Promise<void>;
}

/** 288 tiles in all widths take some 250 MB. */
const MOST_BYTES = 512 * 1024 * 1024;
/** After a cut there is room for a while. */
const SHARE_KEPT = 0.9;
const USED_EVERY_MS = 3_600_000;

interface Kept {
  readonly bytes: number;
  usedAtMs: number;
}

/** @param folder made where it is missing; nothing else lies in it */
export function keptPictures(folder: string, mostBytes = MOST_BYTES): KeptPictures {
  let known: Promise<Map<string, Kept>> | null = null;
  let bytes = 0;
  let next = 0;

  async function look(): Promise<Map<string, Kept>> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = new Map<string, Kept>();
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.jpg')) {
        await rm(join(folder, name), { force: true }); // of a process that was killed
        continue;
      }
      const { size, mtimeMs } = await stat(join(folder, name));
      found.set(name, { bytes: size, usedAtMs: mtimeMs });
      bytes += size;
    }
    return found;
  }

  function pictures(): Promise<Map<string, Kept>> {
    known ??= look().catch((error: unknown) => {
      [known, bytes] = [null, 0];
      throw error;
    });
    return known;
  }

  async function makeRoom(kept: Map<string, Kept>): Promise<void> {
    if (bytes <= mostBytes) return;
    const byAge = [...kept].sort(([, one], [, other]) => one.usedAtMs - other.usedAtMs);
    for (const [name, one] of byAge) {
      if (bytes <= SHARE_KEPT * mostBytes) return;
      if (!kept.delete(name)) continue;
      bytes -= one.bytes;
      await rm(join(folder, name), { force: true });
    }
  }

  return {
    async get(name) {
      const one = (await pictures().catch(() => null))?.get(name);
      if (!one) return null;
      const now = Date.now();
      if (now - one.usedAtMs > USED_EVERY_MS) {
        one.usedAtMs = now;
        await utimes(join(folder, name), now / 1000, now / 1000).catch(() => {});
      }
      return readFile(join(folder, name)).catch(() => null);
    },
    async put(name, picture) {
      const kept = await pictures();
      const unfinished = join(folder, `${next++}.new`);
      await writeFile(unfinished, picture, { mode: 0o600 });
      await rename(unfinished, join(folder, name));
      bytes += picture.length - (kept.get(name)?.bytes ?? 0);
      kept.set(name, { bytes: picture.length, usedAtMs: Date.now() });
      await makeRoom(kept);
    },
  };
}
