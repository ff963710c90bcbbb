import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { cli, environment, gone } from './command.ts';
import type { Premises } from './premises.ts';
import { until } from './until.ts';

/** A real `particled analyse` under way. */
export interface AnalysisProcess {
  stdout(): string;
  stderr(): string;
  /** Waits until it has logged this message so many times; fails at once where it ends before. */
  says(message: string, times: number): Promise<void>;
  /** Sends the signal to it and its children, as Ctrl-C at a terminal does, and waits until it has ended; gives its exit code. */
  endGroup(signal: NodeJS.Signals): Promise<number | null>;
  /** Waits until it has ended by itself; gives its exit code. */
  ended(): Promise<number | null>;
}

/** Starts it with one segmenter, its log at `info`; it and its children are gone after the test. */
export function startAnalysis({ folder }: Pick<Premises, 'folder'>, ...words: string[]): AnalysisProcess {
  const config = join(folder, 'analysis.yaml');
  writeFileSync(
    config,
    stringify({
      grid: { rows: null, columns: null },
      segmenter: { processes: 1, threadsPerProcess: 1 },
      statistics: { resamples: 100 },
      log: { level: 'info' },
    }),
  );
  const child = spawn(process.execPath, [cli, 'analyse', ...words, '--config', config], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const signalGroup = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // All of them have ended.
    }
  };
  onTestFinished(async () => {
    signalGroup('SIGKILL');
    await gone(child);
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const said = (message: string): number => stderr.split(`"${message}"`).length - 1;
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    async says(message, times) {
      await until(
        `${times} times "${message}"`,
        () => {
          if (hasEnded() && said(message) < times) throw new Error(`it has ended: ${stderr}`);
          return said(message) >= times;
        },
        { timeoutMs: 150_000, describe: () => stderr },
      );
    },
    async endGroup(signal) {
      signalGroup(signal);
      await until('the analysis to end', hasEnded, { timeoutMs: 60_000, describe: () => stderr });
      return child.exitCode;
    },
    async ended() {
      await until('the analysis to end', hasEnded, { timeoutMs: 170_000, describe: () => stderr });
      return child.exitCode;
    },
  };
}
