import { mkdir, mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, messageOf } from '../errors.ts';

/** A worker marks its folder once a day; what nobody has marked for so long was left by one that was killed. */
const LEFT_MS = 3 * 24 * 3_600_000;

/** Where a worker keeps tiles while it segments them. */
export interface TilesFolder {
  readonly path: string;
  /** It is still in use. */
  mark(): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a folder that no other worker has, of whatever name and on the same cache; removes those of workers long dead. */
export async function openTilesFolder(cacheFolder: string, name: string): Promise<TilesFolder> {
  const all = join(cacheFolder, 'tiles');
  await makeInCache(all);
  await removeLeft(all);
  const path = await mkdtemp(join(all, `${name}-`)).catch(refuse(all));
  return {
    path,
    mark: () => utimes(path, new Date(), new Date()).catch(() => {}),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** @throws ConfigError where this user cannot make it */
export async function makeInCache(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch(refuse(folder));
}

function refuse(folder: string): (error: unknown) => never {
  return (error) => {
    throw new ConfigError(folder, [
      `worker.cacheFolder: cannot be written (${messageOf(error)}); let this user write there, or give another with --cache`,
    ]);
  };
}

/** What lies in a folder and was left long ago by a process that was killed. */
export async function removeLeft(folder: string, isOurs = (_name: string): boolean => true): Promise<void> {
  for (const name of (await readdir(folder)).filter(isOurs)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    // One that is another user's stays.
    if (Date.now() - mtimeMs > LEFT_MS) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
