import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const { PRIORITY_LOW, PRIORITY_BELOW_NORMAL } = constants.priority;

/**
 * Lowers the priority of this process: of all its threads. Linux has one for each, and those that Node has started by now, which
 * compress, decode and read files, would go on before the segmenters.
 */
export function lowerPriority(to: 'low' | 'below-normal'): void {
  const priority = to === 'low' ? PRIORITY_LOW : PRIORITY_BELOW_NORMAL;
  setPriority(priority); // what is started from now on has it too
  for (const thread of threads()) {
    try {
      setPriority(thread, priority);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Linux names a thread by a number as it does a process (proc(5)). Elsewhere a process has one priority. */
function threads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [];
  }
}
