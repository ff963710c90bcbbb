/**
 * Loaded into a daemon by `node --import`: writes once a second what only the process itself knows, to the file that
 * SOAK_PROBE names. Processes of the daemon load it too, and do nothing.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

export interface Probe {
  readonly pid: number;
  /** Longest time that the event loop was held since the last reading was taken, less the 10 ms of the timer itself. */
  readonly loopDelayMaxMs: number;
  /** The least of the last minutes: in between it holds what has not been collected yet. */
  readonly heapUsedMb: number;
  readonly externalMb: number;
}

const HEAP_WINDOW_S = 180;
const file = process.env.SOAK_PROBE;
if (file !== undefined && isMainThread && process.argv[2] === 'run') {
  const resolution = 10;
  const loop = monitorEventLoopDelay({ resolution });
  loop.enable();
  const heaps: number[] = [];
  setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    if (heaps.push(heapUsed) > HEAP_WINDOW_S) heaps.shift();
    const probe: Probe = {
      pid: process.pid,
      loopDelayMaxMs: Math.max(0, loop.max / 1e6 - resolution),
      heapUsedMb: Math.min(...heaps) / 2 ** 20,
      externalMb: external / 2 ** 20,
    };
    loop.reset();
    writeFileSync(`${file}.new`, JSON.stringify(probe));
    renameSync(`${file}.new`, file);
  }, 1000).unref();
}
