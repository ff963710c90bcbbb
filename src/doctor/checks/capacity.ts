import { availableParallelism, totalmem } from 'node:os';
import type { Config } from '../../config/schema.ts';
import { bytesText } from '../../report/night/conditions.ts';
import { poolShape } from '../../segmenter/pool.ts';
import { counted } from '../../statistics/numeric/figure-digits.ts';
import { attention, type Finding, ok } from '../finding.ts';

export interface CapacityLook {
  readonly cores: number;
  /** What this process may use: the machine's memory, or its control group's limit. */
  readonly memoryBytes: number;
}

const CHECK = 'memory and cores';
/** docs/performance.md: two segmenters, the daemon and its threads take 0.7 to 0.8 GB, a segmenter 0.3 GB of it. */
const DAEMON_BYTES = 0.4e9;
const SEGMENTER_BYTES = 0.3e9;

export function lookAtCapacity(): CapacityLook {
  const limit = process.constrainedMemory();
  return { cores: availableParallelism(), memoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem() };
}

export function judgeCapacity({ cores, memoryBytes }: CapacityLook, segmenter: Config['segmenter']): Finding {
  const shape = poolShape(cores);
  const processes = segmenter.processes ?? shape.processes;
  const threads = segmenter.threadsPerProcess ?? shape.threadsPerProcess;
  const neededBytes = DAEMON_BYTES + processes * SEGMENTER_BYTES;
  const found =
    `${counted(cores, 'core')} for ${counted(processes, 'segmenter')} of ${counted(threads, 'thread')}; ` +
    `${bytesText(memoryBytes)} of memory for about ${bytesText(neededBytes)}`;
  if (neededBytes > memoryBytes) {
    return attention(
      CHECK,
      `${found}, which is too little`,
      'lower segmenter.processes, or give it more memory',
    );
  }
  if (processes * threads > cores) {
    const advice = `set segmenter.processes times threadsPerProcess to ${cores} or less, or leave both out`;
    return attention(CHECK, `${found}, which wait for each other`, advice);
  }
  return ok(CHECK, found);
}
