import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { QueueWorkerOptions } from '../../src/queue/worker.ts';
import { queueAt } from '../queue/parts.ts';
import { type LoggingProcess, startProcess } from './daemon-process.ts';
import type { Premises } from './premises.ts';
import type { Login } from './secured-queue.ts';

const ownScript = fileURLToPath(new URL('../queue/worker-under-trial.ts', import.meta.url));

/** So long a tile stays with a worker that is gone, or that does not answer. */
export const LOCK_MS = 2000;

/** What is unlike a usual worker. */
export type WorkerChanges = Partial<Omit<QueueWorkerOptions, 'name' | 'queue' | 'logger'>> & {
  /** Address of its queue. */
  readonly url?: string;
  /** Its user there, where it has one. */
  readonly login?: Login;
  /** Another particled's `worker-under-trial.ts`. */
  readonly script?: string;
};

function workerWords(place: Premises, name: string, changes: WorkerChanges): string[] {
  const { url = '', login = {}, script = ownScript, ...more } = changes;
  const options: Omit<QueueWorkerOptions, 'logger'> = {
    ...{ queue: queueAt(url, login), name, processes: 1, threadsPerProcess: 1, lockMs: LOCK_MS },
    ...{ cacheFolder: join(place.folder, `cache-${name}`), sharedFolder: null },
    ...{ timeoutMs: 60_000, graceMs: 5000, ...more },
  };
  return [script, JSON.stringify(options)];
}

/** A worker in a process of its own, up and connected; it and its segmenters are gone after the test. */
export async function startWorkerUnderTrial(
  place: Premises,
  name: string,
  changes: WorkerChanges,
): Promise<LoggingProcess> {
  const worker = startProcess(workerWords(place, name, changes));
  await worker.says('worker is up');
  await worker.says('queue is connected');
  return worker;
}
