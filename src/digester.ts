import { Worker } from 'node:worker_threads';
import { moduleUrl } from './module-url.ts';
import type { DigestSettings, RunDigest } from './run-digest.ts';

/** Computes run digests off the event loop, one after another. */
export interface Digester {
  digest(runId: number): Promise<RunDigest>;
  close(): Promise<void>;
}

type Answer = { readonly id: number } & ({ readonly digest: RunDigest } | { readonly error: string });

interface Pending {
  readonly resolve: (digest: RunDigest) => void;
  readonly reject: (error: Error) => void;
}

/** @param storeFile an existing store; the thread only reads it. */
export function startDigester(storeFile: string, settings: DigestSettings): Digester {
  const worker = new Worker(moduleUrl('./digest-worker', import.meta.url), {
    workerData: { storeFile, settings },
  });
  const pending = new Map<number, Pending>();
  let nextId = 1;
  const failAll = (error: Error): void => {
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  worker.on('message', (answer: Answer) => {
    const asked = pending.get(answer.id);
    pending.delete(answer.id);
    if ('digest' in answer) asked?.resolve(answer.digest);
    else asked?.reject(new Error(answer.error));
  });
  worker.on('error', failAll);
  worker.on('exit', () => failAll(new Error('the statistics thread has ended')));
  return {
    digest(runId) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        worker.postMessage({ id, runId });
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}
