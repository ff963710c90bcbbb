import { Worker } from 'node:worker_threads';
import { moduleUrl } from '../module-url.ts';

/** Tables that grow to gigabytes; the small ones are checked before the store is opened. */
const LARGE_TABLES = ['particles', 'summaries'] as const;

/** What a look at the whole store has found. */
export interface Integrity {
  /** What is damaged and what to do; null while nothing was found. */
  fault(): string | null;
  /** Resolves once all is read. */
  readonly looked: Promise<void>;
  close(): Promise<void>;
}

/** Reads the large tables through beside the daemon, once after its start. */
export function startIntegrityCheck(path: string): Integrity {
  let fault: string | null = null;
  const worker = new Worker(moduleUrl('./integrity-worker', import.meta.url), {
    workerData: { path, tables: LARGE_TABLES },
  });
  const looked = new Promise<void>((resolve) => {
    worker.on('message', (found: string | null) => {
      fault = found;
    });
    // A thread that ends for want of memory has found nothing; the next start looks again.
    worker.on('error', () => resolve());
    worker.on('exit', () => resolve());
  });
  worker.unref();
  return { fault: () => fault, looked, close: async () => void (await worker.terminate()) };
}
