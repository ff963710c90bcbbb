import { Worker } from 'node:worker_threads';
import { moduleUrl } from '../module-url.ts';
import type { DigestSettings, RunDigest } from './digest.ts';

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

/**
 * A digest is made of arrays that all die with it. V8 lets new ones fill up to 48 MB and keeps what survived by chance, so that
 * the thread grows to 220 MB over 120 digests of a full grid; with this it stays at 80 MB, for about a tenth more processor time.
 */
const YOUNG_MB = 4;

/**
 * A thread that ends, as for want of memory, fails what it was asked; the next question starts another.
 * @param storeFile an existing store; the thread only reads it.
 */
export function startDigester(storeFile: string, settings: DigestSettings): Digester {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closed = false;
  let thread: Worker | null = startThread();

  function startThread(): Worker {
    const worker = new Worker(moduleUrl('./digest-worker', import.meta.url), {
      workerData: { storeFile, settings },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const lost = (error: Error): void => {
      if (thread !== worker) return;
      thread = null;
      for (const { reject } of pending.values()) reject(error);
      pending.clear();
    };
    worker.on('message', (answer: Answer) => {
      const asked = pending.get(answer.id);
      pending.delete(answer.id);
      if ('digest' in answer) asked?.resolve(answer.digest);
      else asked?.reject(new Error(answer.error));
    });
    worker.on('error', lost);
    worker.on('exit', () => lost(new Error('the statistics thread has ended')));
    return worker;
  }

  return {
    digest(runId) {
      if (closed) return Promise.reject(new Error('the statistics thread is closed'));
      thread ??= startThread();
      const id = nextId++;
      const answer = new Promise<RunDigest>((resolve, reject) => pending.set(id, { resolve, reject }));
      thread.postMessage({ id, runId });
      return answer;
    },
    async close() {
      closed = true;
      await thread?.terminate();
    },
  };
}
