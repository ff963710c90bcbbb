import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `particled ...` to its end, in a process of its own, as a person at a prompt does. */
export function particled(...words: string[]): Promise<Finished> {
  return particledWith({}, ...words);
}

/** The same with these environment variables. */
export async function particledWith(
  variables: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<Finished> {
  const child = spawn(process.execPath, [cli, ...words], { env: { ...environment(), ...variables } });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), gone(child)]);
  return { code: child.exitCode, stdout, stderr };
}

/** This process's environment without what configures particled or colours output. */
export function environment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PARTICLED_|FORCE_COLOR$)/.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}

/** Resolves once the process has ended; at once where it has. */
export async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
