import { appendFile, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Logger } from '../../src/logger.ts';
import { type FolderWatch, type WatchOptions, watchFolder } from '../../src/watcher/watch-folder.ts';
import { temporaryFolder } from './fixtures.ts';

const STABILITY_MS = 60;
/** Long enough that something wrongly announced would have been. */
const QUIET_MS = 4 * STABILITY_MS;

const folder = temporaryFolder();
const inside = (...names: string[]): string => join(folder(), 'export', ...names);
let watch: FolderWatch | null = null;
let announced: string[] = [];
let warnings: string[] = [];
let informed: { facts: object; message: string }[] = [];

const logger: Logger = {
  debug() {},
  info: (facts, message) => informed.push({ facts, message }),
  warn: (_facts, message) => warnings.push(message),
  error: (_facts, message) => warnings.push(message),
};

async function start(options: Partial<WatchOptions> = {}): Promise<FolderWatch> {
  announced = [];
  warnings = [];
  informed = [];
  const defaults = { folder: inside(), include: ['**/*.tif'], exclude: ['**/*inv.tif'], excludeFolders: [] };
  const pace = { stabilityMs: STABILITY_MS, rescanIntervalMs: 60_000, polling: true };
  watch = await watchFolder({ ...defaults, ...pace, logger, ...options }, (path) => announced.push(path));
  return watch;
}

/** Waits for exactly these announcements, and that no more follow. */
async function expectAnnounced(...names: string[]): Promise<void> {
  const paths = names.map((name) => inside(name));
  await vi.waitFor(() => expect(announced).toEqual(paths), { timeout: 5000, interval: 10 });
  await pause(QUIET_MS);
  expect(announced).toEqual(paths);
}

async function put(name: string, content = 'content'): Promise<void> {
  await mkdir(join(inside(name), '..'), { recursive: true });
  await writeFile(inside(name), content);
}

afterEach(async () => {
  await watch?.close();
  watch = null;
});

describe('a watched folder', () => {
  it('announces what is there at the start in natural order, once', async () => {
    for (const name of ['b/x_10.tif', 'b/x_9.TIF', 'a.tif', 'b/notes.txt', 'b/x_9 inv.tif']) await put(name);
    const started = await start();
    await expectAnnounced('a.tif', 'b/x_9.TIF', 'b/x_10.tif');
    await started.rescan();
    await expectAnnounced('a.tif', 'b/x_9.TIF', 'b/x_10.tif');
  });

  it('announces by events what is written later, also in new folders', async () => {
    await mkdir(inside());
    const started = await start({ polling: false });
    expect(started.condition()).toBe('events');
    await pause(100);
    await put('a.tif');
    await put('new/folder/b.tif');
    await expectAnnounced('a.tif', 'new/folder/b.tif');
  });

  it('announces by events what is written in folders that were deleted and made again, or moved', async () => {
    await put('again/a.tif');
    await put('before/a.tif');
    await start({ polling: false });
    await expectAnnounced('again/a.tif', 'before/a.tif');
    await rm(inside('again'), { recursive: true });
    await rename(inside('before'), inside('after'));
    const seen = ['again/a.tif', 'before/a.tif', 'after/a.tif'];
    await expectAnnounced(...seen);
    for (const name of ['again/b.tif', 'after/b.tif', 'again/c.tif', 'after/c.tif']) {
      await put(name);
      seen.push(name);
      await expectAnnounced(...seen);
    }
    expect(watch?.condition()).toBe('events');
  });

  it('announces by events a file that is renamed into place', async () => {
    await put('tile.part');
    await start({ polling: false });
    await pause(100);
    await rename(inside('tile.part'), inside('tile.tif'));
    await expectAnnounced('tile.tif');
  });

  it('announces by scans alone where there are no events', async () => {
    await mkdir(inside());
    const started = await start({ rescanIntervalMs: 30 });
    expect(started.condition()).toBe('polling');
    await put('a.tif');
    await expectAnnounced('a.tif');
  });

  it.each([
    ['scans', { polling: true, rescanIntervalMs: 30 }],
    ['events', { polling: false }],
  ])('leaves older files alone, found by %s, and says so once', async (_, found) => {
    const year = new Date('2024-01-01');
    for (const name of ['old.tif', 'new.tif']) await put(name);
    await utimes(inside('old.tif'), year, year);
    const started = await start({ ...found, sinceMs: Date.parse('2025-01-01') });
    await expectAnnounced('new.tif');
    await put('copied.tif');
    await utimes(inside('copied.tif'), year, year);
    await put('newer.tif');
    await expectAnnounced('new.tif', 'newer.tif');
    await started.rescan();
    // At the start one, then two.
    const told = informed.filter(({ message }) => message.includes('before watch.since'));
    expect(told.map(({ facts }) => facts)).toMatchObject([{ files: 1 }, { files: 2 }]);
    await started.rescan();
    expect(informed.filter(({ message }) => message.includes('before watch.since'))).toHaveLength(2);
  });

  it('refuses to start on a folder that is not there, with what to do', async () => {
    await expect(start({ folder: inside('nowhere') })).rejects.toThrow(/nowhere: ENOENT.*mount its share/);
    await put('file');
    await expect(start({ folder: inside('file') })).rejects.toThrow('it is not a folder');
  });

  it('does not follow symbolic links', async () => {
    const outside = join(folder(), 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'secret.tif'), 'content');
    await put('a.tif');
    await symlink(outside, inside('link'));
    await symlink(join(outside, 'secret.tif'), inside('link.tif'));
    await symlink(inside(), inside('circle'));
    await start({ polling: false });
    await pause(100);
    await writeFile(join(outside, 'later.tif'), 'content');
    await expectAnnounced('a.tif');
  });

  it('may itself be a symbolic link', async () => {
    await put('a.tif');
    const link = join(folder(), 'link');
    await symlink(inside(), link);
    await start({ folder: link, polling: false });
    await vi.waitFor(() => expect(announced).toEqual([join(link, 'a.tif')]));
    await put('b.tif');
    await vi.waitFor(() => expect(announced).toEqual([join(link, 'a.tif'), join(link, 'b.tif')]));
  });

  it('goes on when the receiver of an announcement throws', async () => {
    for (const name of ['a.tif', 'b.tif']) await put(name);
    const received: string[] = [];
    const options = {
      folder: inside(),
      include: ['*.tif'],
      exclude: [],
      excludeFolders: [],
      stabilityMs: STABILITY_MS,
    };
    watch = await watchFolder({ ...options, rescanIntervalMs: 60_000, polling: true, logger }, (path) => {
      received.push(path);
      throw new Error('the store is full');
    });
    await vi.waitFor(() => expect(received).toEqual([inside('a.tif'), inside('b.tif')]));
  });

  it('announces nothing once closed', async () => {
    await put('a.tif');
    await (await start()).close();
    await pause(QUIET_MS);
    expect(announced).toEqual([]);
  });
});

describe('a file', () => {
  it('is not announced while it grows', async () => {
    await put('a.tif');
    await start({ polling: false });
    const begin = performance.now();
    while (performance.now() - begin < 5 * STABILITY_MS) {
      await appendFile(inside('a.tif'), 'more');
      expect(announced).toEqual([]);
      await pause(STABILITY_MS / 6);
    }
    await expectAnnounced('a.tif');
  });

  it('is announced again when its writer goes on after a long pause', async () => {
    await put('a.tif');
    await start({ polling: false });
    await expectAnnounced('a.tif');
    await appendFile(inside('a.tif'), 'more');
    await expectAnnounced('a.tif', 'a.tif');
  });

  it('is announced again when another is renamed over it', async () => {
    await put('a.tif', 'old');
    await start();
    await expectAnnounced('a.tif');
    await put('b.part', 'newer');
    await rename(inside('b.part'), inside('a.tif'));
    await watch?.rescan();
    await expectAnnounced('a.tif', 'a.tif');
  });

  it('is no news when its whole folder is gone for a while and comes back unchanged', async () => {
    await put('a.tif');
    await start();
    await expectAnnounced('a.tif');
    await rename(inside(), join(folder(), 'elsewhere'));
    await watch?.rescan();
    await rename(join(folder(), 'elsewhere'), inside());
    await watch?.rescan();
    await expectAnnounced('a.tif');
  });

  it('is announced again when it alone was gone, since its tile may have been given up', async () => {
    await put('a.tif');
    await put('b.tif');
    await start();
    await expectAnnounced('a.tif', 'b.tif');
    await rename(inside('a.tif'), join(folder(), 'elsewhere'));
    await watch?.rescan();
    await rename(join(folder(), 'elsewhere'), inside('a.tif'));
    await watch?.rescan();
    await expectAnnounced('a.tif', 'b.tif', 'a.tif');
  });

  it('is announced again when it holds other bytes of the same number at the same time', async () => {
    await put('a.tif', 'black');
    const then = new Date('2026-01-02T03:04:05');
    await utimes(inside('a.tif'), then, then);
    await start();
    await expectAnnounced('a.tif');
    await writeFile(inside('a.tif'), 'white');
    await utimes(inside('a.tif'), then, then);
    await watch?.rescan();
    await expectAnnounced('a.tif', 'a.tif');
  });

  it('is announced again when it is deleted and written anew', async () => {
    await put('a.tif');
    await start();
    await expectAnnounced('a.tif');
    await rm(inside('a.tif'));
    await watch?.rescan();
    await put('a.tif');
    // The clock of the file system may not have moved on since the first writing.
    await utimes(inside('a.tif'), new Date(), new Date(Date.now() + 1000));
    await watch?.rescan();
    await expectAnnounced('a.tif', 'a.tif');
  });

  it('is never announced when it is deleted before it settles', async () => {
    await put('a.tif');
    await put('b.tif');
    await start();
    await rm(inside('a.tif'));
    await expectAnnounced('b.tif');
  });
});

describe('a folder that vanishes', () => {
  it('and leaves an empty one, as the mount point of a share, is unavailable until its files are back', async () => {
    await put('a.tif');
    await start();
    await expectAnnounced('a.tif');
    await rename(inside(), join(folder(), 'elsewhere'));
    await mkdir(inside());
    for (let scans = 0; scans < 2; scans++) {
      await watch?.rescan();
      expect(watch?.condition()).toBe('unavailable');
    }
    await rm(inside(), { recursive: true });
    await rename(join(folder(), 'elsewhere'), inside());
    await watch?.rescan();
    expect(watch?.condition()).toBe('polling');
    await expectAnnounced('a.tif');
  });

  it('before any scan has seen its files is known by those that events have found', async () => {
    await mkdir(inside());
    await start({ polling: false });
    await pause(100);
    await put('a.tif');
    await expectAnnounced('a.tif');
    await rename(inside(), join(folder(), 'elsewhere'));
    await mkdir(inside());
    await watch?.rescan();
    expect(watch?.condition()).toBe('unavailable');
  });

  it('leaving itself behind, empty, is strange, now and at the next start', async () => {
    await put('a.tif');
    await start();
    await rm(inside('a.tif'));
    await watch?.rescan();
    expect(watch?.condition()).toBe('emptied');
    await watch?.close();
    await start({ knownFiles: 1 });
    expect(watch?.condition()).toBe('emptied');
    await put('b.tif');
    await watch?.rescan();
    expect(watch?.condition()).toBe('polling');
  });

  for (const polling of [true, false]) {
    it(`is missed once and taken up again ${polling ? 'by scans' : 'with its events'}`, async () => {
      await put('a.tif');
      await start({ polling });
      await expectAnnounced('a.tif');
      await rename(inside(), join(folder(), 'away'));
      for (let scan = 0; scan < 3; scan++) await watch?.rescan();
      expect(watch?.condition()).toBe('unavailable');
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain('unavailable');
      await rename(join(folder(), 'away'), inside());
      await watch?.rescan();
      expect(watch?.condition()).toBe(polling ? 'polling' : 'events');
      await pause(100);
      await put('b.tif');
      if (polling) await watch?.rescan();
      await expectAnnounced('a.tif', 'b.tif');
      expect(warnings).toHaveLength(1);
    });
  }

  it('is followed when another takes its place between two scans', async () => {
    await put('a.tif');
    await start({ polling: false });
    await expectAnnounced('a.tif');
    await rename(inside(), join(folder(), 'away'));
    await mkdir(inside());
    await watch?.rescan();
    await pause(100);
    await put('b.tif');
    await expectAnnounced('a.tif', 'b.tif');
  });
});

describe('10,000 files', () => {
  it('are all announced once, in order', async () => {
    await mkdir(inside());
    const names = Array.from({ length: 10_000 }, (_, i) => `image_${i}.tif`);
    for (let i = 0; i < names.length; i += 500) {
      await Promise.all(names.slice(i, i + 500).map((name) => writeFile(inside(name), '')));
    }
    await start();
    await vi.waitFor(() => expect(announced).toHaveLength(10_000), { timeout: 15_000, interval: 50 });
    expect(announced).toEqual(names.map((name) => inside(name)));
  });
});
