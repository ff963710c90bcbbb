import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../errors.ts';
import { openStoreReadOnly } from '../../store/database.ts';
import { Refusal } from '../refusal.ts';
import { type CountedEntries, countedEntries } from './particle-entries.ts';

/** What the thread gives before it ends. */
export type Counted =
  | { readonly entries: CountedEntries }
  | { readonly status: Refusal['status'] | null; readonly words: string };

/** A thread that counts one run's particles, which would hold up the page's event loop for long with a full grid. */
const { storeFile, runId }: { storeFile: string; runId: number } = workerData;

function counted(): Counted {
  const store = openStoreReadOnly(storeFile);
  try {
    const run = store.runs.get(runId);
    if (!run) throw new Error(`the store has no run ${runId}`);
    return { entries: countedEntries(store, run) };
  } catch (error) {
    return { status: error instanceof Refusal ? error.status : null, words: messageOf(error) };
  } finally {
    store.close();
  }
}

parentPort?.postMessage(counted());
