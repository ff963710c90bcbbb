import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A process that has a file open. */
export interface Holder {
  readonly pid: number;
  /** Its command line; empty where it may not be read. */
  readonly command: string;
}

const COMMAND_LETTERS = 120;

/**
 * Who has a database open, asked of the kernel, so that nobody is disturbed: SQLite locks what it has open. Locks are told of every
 * user's processes, though by the device of the file system beneath, which is another on btrfs and overlays; open files are told
 * of this user's own.
 */
export function holdersOf(path: string): Holder[] {
  const pids = new Set([...lockersOf(path), ...openersOf(path)]);
  return [...pids].map((pid) => ({ pid, command: commandOf(pid) }));
}

function lockersOf(path: string): number[] {
  try {
    const { dev, ino } = statSync(path);
    return lockingPids(readFileSync('/proc/locks', 'utf8'), dev, ino);
  } catch {
    return []; // no file, or no Linux
  }
}

function openersOf(path: string): number[] {
  try {
    const file = realpathSync(path);
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && hasOpen(`/proc/${name}/fd`, file))
      .map(Number);
  } catch {
    return [];
  }
}

function hasOpen(folder: string, file: string): boolean {
  try {
    return readdirSync(folder).some((fd) => linkOf(join(folder, fd)) === file);
  } catch {
    return false; // another user's, or it has ended
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null; // closed meanwhile
  }
}

/** proc(5): `1: POSIX ADVISORY READ pid major:minor:inode start end`, the device in hexadecimal. */
export function lockingPids(locks: string, dev: number, ino: number): number[] {
  // As gnu_dev_major(3) and gnu_dev_minor(3) take a device number apart, for majors below 4096.
  const major = (dev >>> 8) & 0xfff;
  const minor = (dev & 0xff) | ((dev >>> 12) & 0xfff00);
  const device = [major, minor].map((part) => part.toString(16).padStart(2, '0')).join(':');
  const pids = [...locks.matchAll(/ (-?\d+) ([0-9a-f]+:[0-9a-f]+):(\d+) /g)]
    .filter(([, , where, inode]) => where === device && Number(inode) === ino)
    .map(([, pid]) => Number(pid));
  return [...new Set(pids)];
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .replaceAll(/[\0\s]+/g, ' ')
      .trim()
      .slice(0, COMMAND_LETTERS);
  } catch {
    return '';
  }
}
