import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { cli, environment, gone } from './command.ts';
import { until } from './until.ts';

/** A real `particled worker`. */
export interface WorkerProcess {
  readonly pid: number;
  stderr(): string;
  /** Waits until it has logged this message; fails at once when the process ends before. */
  says(message: string): Promise<void>;
  /** Sends the signal and waits until the process has ended; gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a worker with these words of the command line; it and its children are gone after the test. */
export function startWorkerProcess(...words: string[]): WorkerProcess {
  const child = spawn(process.execPath, [cli, 'worker', ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment(),
    detached: true,
  });
  const pid = child.pid ?? 0;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  onTestFinished(async () => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // All of them have ended.
    }
    await gone(child);
  });
  return {
    pid,
    stderr: () => stderr,
    async says(message) {
      const said = (): boolean => stderr.includes(`"msg":"${message}"`);
      await until(`"${message}"`, () => said() || hasEnded(), { describe: () => stderr });
      if (!said()) throw new Error(`the worker ended without saying "${message}":\n${stderr}`);
    },
    async end(signal) {
      child.kill(signal);
      await until('the worker to end', hasEnded, { describe: () => stderr });
      return child.exitCode;
    },
  };
}
