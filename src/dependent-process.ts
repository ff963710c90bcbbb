import { type ChildProcess, fork } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Processes of this program that must not outlive it. */
const dependents = new Set<ChildProcess>();
let endsWithThis = false;

/** Part of Debian's essential util-linux, and of every distribution with glibc, which the networks need. */
const SETPRIV = '/usr/bin/setpriv';

/**
 * glibc: one heap for all threads, and images in maps of their own, given back as soon as they are collected. A
 * tenth of a segmenter's memory for 3 ms a tile (docs/decisions/0004-speed.md). Elsewhere it is not read.
 */
export const LEAN_MALLOC = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '1048576' };

/**
 * The same for a process that draws, with one thread of libvips: each more holds a picture of its own. The report of 72
 * tiles of 1920 x 1200 px takes 270 MB instead of 411 MB, and as much processor time.
 */
export const LEAN_DRAWING = { ...LEAN_MALLOC, VIPS_CONCURRENCY: '1' };

/**
 * Forks a module whose process is killed when this one ends, however that happens: at an exit by this one, and after
 * a kill -9 by the system (PR_SET_PDEATHSIG of prctl(2), which setpriv(1) asks for), even where the child is frozen or
 * busy. Without setpriv such a child sees its channel closed and ends after what it does.
 */
export function forkDependent(
  module: URL,
  argument: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ChildProcess {
  const stdio: ('ignore' | 'inherit' | 'ipc')[] = ['ignore', 'ignore', 'inherit', 'ipc'];
  const throughSetpriv = process.platform === 'linux' && isExecutable(SETPRIV);
  const child = fork(module, [argument], {
    stdio,
    env: { ...env },
    // setpriv becomes the child by exec(2), so that the process id is the child's.
    ...(throughSetpriv && {
      execPath: SETPRIV,
      execArgv: ['--pdeathsig', 'KILL', process.execPath, ...process.execArgv],
    }),
  });
  if (!endsWithThis) process.on('exit', killDependents);
  endsWithThis = true;
  dependents.add(child);
  const forget = (): void => void dependents.delete(child);
  child.once('exit', forget).once('error', forget);
  return child;
}

/**
 * Stops a dependent (SIGSTOP) until it is thawed. Only one that the system kills with this process, since a stopped one would
 * not notice that its channel is closed, and stay for ever.
 * @returns `too-young` while that is not arranged yet: ask again; `never` where it cannot be
 */
export function freeze(child: ChildProcess): 'frozen' | 'too-young' | 'never' {
  if (child.spawnfile !== SETPRIV || child.exitCode !== null || child.signalCode !== null) return 'never';
  // setpriv asks for it before it becomes the child.
  if (nameOf(child) === basename(SETPRIV)) return 'too-young';
  return child.kill('SIGSTOP') ? 'frozen' : 'never';
}

export function thaw(child: ChildProcess): void {
  child.kill('SIGCONT');
}

function nameOf({ pid }: ChildProcess): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return null; // it has ended
  }
}

function killDependents(): void {
  for (const child of dependents) child.kill('SIGKILL');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
