import { readFileSync, statSync } from 'node:fs';

/** A process that has a file open and locked. */
export interface LockHolder {
  readonly pid: number;
  /** Its command line; empty where it may not be read. */
  readonly command: string;
}

const COMMAND_LETTERS = 120;

/** Who holds a lock on a file, asked of the kernel: SQLite locks what it has open, and nobody is disturbed. */
export function lockHoldersOf(path: string): LockHolder[] {
  try {
    const { dev, ino } = statSync(path);
    return lockingPids(readFileSync('/proc/locks', 'utf8'), dev, ino).map((pid) => ({
      pid,
      command: commandOf(pid),
    }));
  } catch {
    return []; // no file, or no Linux
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
