import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second (USER_HZ). */
const TICK_MS = 10;

/** Resident memory of this process and all its descendants, in MB (Linux: /proc; proportional shares). */
export function treeMemoryMb(): number {
  return tree(process.pid).reduce((sum, pid) => sum + proportionalKb(pid), 0) / 1024;
}

/** Processor time that a process and its living descendants have used, in ms: what else runs hardly changes it. */
export function treeProcessorMs(root = process.pid): number {
  return tree(root).reduce((sum, pid) => {
    const fields = statOf(pid);
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
  }, 0);
}

function tree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (/^\d+$/.test(entry)) parents.set(Number(entry), Number(statOf(Number(entry))[1]));
  }
  return [...parents.keys()].filter((pid) => descends(pid, root, parents));
}

/** Which of these processes runs a module of this name. */
export function processOf(module: string, pids: readonly number[]): number {
  const pid = pids.find((one) => read(`/proc/${one}/cmdline`).includes(module));
  if (pid === undefined) throw new Error(`no process runs ${module}`);
  return pid;
}

/** The fields of proc_pid_stat(5) from the third on; the second may hold blanks. */
function statOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function descends(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === root) return true;
  }
  return false;
}

/** Pages that several processes share count in parts, so that the sum is what the machine gives. */
function proportionalKb(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
