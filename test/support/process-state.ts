import { readFileSync } from 'node:fs';

/** The state of a process by proc_pid_stat(5): T is stopped; gone where it has ended, waited for or not. */
export function stateOf(pid: number): string {
  try {
    const state = /^\d+ \(.*\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? 'gone';
    return 'ZX'.includes(state) ? 'gone' : state;
  } catch {
    return 'gone';
  }
}
