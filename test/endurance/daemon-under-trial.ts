import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** A real process of particled that is started again and again in the same way. */
export interface ProcessUnderTrial {
  readonly pid: number;
  start(variables?: Readonly<Record<string, string>>): void;
  /** Ends it at once, as a crash or a loss of power does. */
  kill(): Promise<void>;
  /** Asks it to end. @returns its exit code */
  stop(): Promise<number | null>;
  isUp(): boolean;
  /** Process ids of its children: segmenters, report processes. */
  children(): number[];
}

/** `particled run` with this configuration. */
export function daemonUnderTrial(configFile: string, logFile: string): ProcessUnderTrial {
  return processUnderTrial([cli, 'run', '--config', configFile], logFile);
}

/**
 * @param words the program and what follows it
 * @param logFile gets what it says on standard error, of all its lives
 */
export function processUnderTrial(words: readonly string[], logFile: string): ProcessUnderTrial {
  let child: ChildProcess | undefined;
  const isUp = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child || !isUp()) return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return child.exitCode;
  };
  process.once('exit', () => child?.kill('SIGKILL'));
  return {
    get pid() {
      return child?.pid ?? 0;
    },
    start(variables = {}) {
      const log = openSync(logFile, 'a');
      child = spawn(process.execPath, words, {
        stdio: ['ignore', 'ignore', log],
        env: { ...process.env, ...variables },
      });
      closeSync(log);
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    isUp,
    children: () => (isUp() ? childrenOf(child?.pid ?? 0) : []),
  };
}

/** Linux lists a process's children (proc(5), CONFIG_PROC_CHILDREN). */
function childrenOf(pid: number): number[] {
  try {
    const ids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return ids === '' ? [] : ids.split(' ').map(Number);
  } catch {
    return []; // it has ended meanwhile
  }
}
