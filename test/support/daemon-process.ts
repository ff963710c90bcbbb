import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { cli, environment, gone } from './command.ts';
import type { Premises, Settings } from './premises.ts';
import { until } from './until.ts';

export interface LogLine {
  readonly msg: string;
  readonly [fact: string]: unknown;
}

/** A real process of particled that logs to standard error. */
export interface LoggingProcess {
  readonly pid: number;
  /** What it has logged so far. */
  log(): LogLine[];
  /** Everything on its standard error. */
  stderr(): string;
  /** Waits until it has logged this message so many times; fails at once when the process ends before. */
  says(message: string, times?: number): Promise<void>;
  /** The process ids of its segmenters. */
  segmenters(): number[];
  /** Sends the signal to it alone, and waits for nothing. */
  signal(signal: NodeJS.Signals): void;
  /** The same to its children too. */
  signalGroup(signal: NodeJS.Signals): void;
  /** Sends the signal and waits until the process has ended; gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** As `end`, with the signal to all processes at once, as Ctrl-C at a terminal and systemd do. */
  endGroup(signal: NodeJS.Signals): Promise<number | null>;
  /** Waits until it has ended by itself; gives its exit code. */
  ended(): Promise<number | null>;
}

/** A real `particled run`. */
export interface DaemonProcess extends LoggingProcess {
  /** The process id of what touches its export folder. */
  shareProcess(): number | undefined;
  /** Writes these settings over its configuration. */
  configure(settings: Settings | string): void;
}

let started = 0;

/** Starts the daemon with these settings in a YAML file; it and its children are gone after the test. */
export function startDaemonProcess(
  place: Premises,
  settings: Settings | string,
  more: Readonly<Record<string, string>> = {},
): DaemonProcess {
  const file = join(place.folder, `config-${++started}.yaml`);
  const configure = (now: Settings | string): void =>
    writeFileSync(file, typeof now === 'string' ? now : stringify(now));
  configure(settings);
  const daemon = startProcess([cli, 'run', '--config', file], more);
  return {
    ...daemon,
    shareProcess: () => childrenOf(daemon.pid, 'watcher/share-process')[0],
    configure,
  };
}

/** Starts a program of Node with these words; it and its children are gone after the test. */
export function startProcess(
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): LoggingProcess {
  // A process group of its own, so that no segmenter outlives the test.
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...environment(), ...more },
    detached: true,
  });
  const pid = child.pid ?? 0;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const killGroup = (): void => void signalGroup(pid, 'SIGKILL');
  process.once('exit', killGroup);
  onTestFinished(async () => {
    killGroup();
    process.off('exit', killGroup);
    await gone(child);
  });

  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const log = (): LogLine[] => stderr.split('\n').flatMap(logLine);
  const end = async (send: () => void): Promise<number | null> => {
    send();
    await until('the process to end', hasEnded, { timeoutMs: 30_000, describe: () => stderr });
    return child.exitCode;
  };
  return {
    pid,
    log,
    stderr: () => stderr,
    says: async (message, times = 1) => {
      const count = (): number => log().filter(({ msg }) => msg === message).length;
      await until(`"${message}" ${times} time(s)`, () => count() >= times || hasEnded(), {
        describe: () => stderr,
      });
      if (count() < times) throw new Error(`it ended without saying "${message}":\n${stderr}`);
    },
    segmenters: () => childrenOf(pid, 'segmenter/process'),
    signal: (signal) => void child.kill(signal),
    signalGroup: (signal) => signalGroup(pid, signal),
    end: (signal) => end(() => child.kill(signal)),
    endGroup: (signal) => end(() => signalGroup(pid, signal)),
    ended: () => end(() => {}),
  };
}

function logLine(line: string): LogLine[] {
  return line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line)] : [];
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All of them have ended.
  }
}

/** Linux lists a process's children (proc(5), CONFIG_PROC_CHILDREN); of them those that run this module. */
function childrenOf(pid: number, module: string): number[] {
  const ids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return (ids === '' ? [] : ids.split(' ').map(Number)).filter((id) => commandOf(id).includes(module));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
