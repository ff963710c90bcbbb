import { readFileSync, writeFileSync } from 'node:fs';
import { messageOf } from '../../src/errors.ts';
import type { FuzzTarget } from './targets.ts';

/** Of one input, by processor time: what else runs on the machine does not count. */
const HANG_MS = 1000;
const MEMORY_MAX_MB = 200;

/** Gives an input to its reader. @returns what is wrong with how it was taken, in words; null: nothing */
export async function trial(target: FuzzTarget, input: Buffer, folder: string): Promise<string | null> {
  const memoryBefore = forgetPeakMb();
  const before = process.cpuUsage();
  let fault: string | null = null;
  try {
    await target.read(input, folder);
  } catch (error) {
    if (!(error instanceof target.refusal))
      fault = `threw ${error instanceof Error ? error.stack : messageOf(error)}`;
  }
  const { user, system } = process.cpuUsage(before);
  const tookMs = (user + system) / 1000;
  if (tookMs > HANG_MS) fault ??= `took ${tookMs.toFixed(0)} ms of processor time, limit ${HANG_MS} ms`;
  const grownMb = peakMb() - memoryBefore;
  if (grownMb > MEMORY_MAX_MB) fault ??= `took ${grownMb.toFixed(0)} MB, limit ${MEMORY_MAX_MB} MB`;
  return fault;
}

/** Linux: the peak begins anew at what is resident now, which is returned (proc_pid_clear_refs(5)). */
function forgetPeakMb(): number {
  writeFileSync('/proc/self/clear_refs', '5');
  return peakMb();
}

function peakMb(): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
}
