import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory of this process and all its descendants, in MB (Linux: /proc; proportional shares). */
export function treeMemoryMb(): number {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = read(`/proc/${entry}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    parents.set(Number(entry), parent);
  }
  let kilobytes = 0;
  for (const pid of parents.keys()) if (descends(pid, parents)) kilobytes += proportionalKb(pid);
  return kilobytes / 1024;
}

function descends(pid: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) {
    if (at === process.pid) return true;
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
