import { Worker } from 'node:worker_threads';
import { moduleUrl } from '../../module-url.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredRun } from '../../store/runs.ts';
import { Refusal } from '../refusal.ts';
import type { Counted } from './count-worker.ts';
import type { CountedEntries } from './particle-entries.ts';

/** The particles of the runs that were looked at last, counted once for all who look, one run after the other. */
export interface CountedRuns {
  /** @throws Refusal as `countedEntries` */
  of(run: StoredRun): Promise<CountedEntries>;
}

/** One has some 10 MB; two are compared. */
const KEPT = 4;

/** @param storeFile that of `store` */
export function createCountedRuns(store: Pick<StoreReader, 'changes'>, storeFile: string): CountedRuns {
  const kept = new Map<number, { readonly mark: string; readonly entries: Promise<CountedEntries> }>(); // the latest last
  let last: Promise<unknown> = Promise.resolve();

  function counted(runId: number): Promise<CountedEntries> {
    const entries = last.then(() => countedApart(storeFile, runId));
    last = entries.catch(() => {});
    return entries;
  }

  return {
    of(run) {
      const mark = `${run.revision} ${[...store.changes.tileMarks(run.id).values()].join()}`;
      const known = kept.get(run.id);
      const one = known?.mark === mark ? known : { mark, entries: counted(run.id) };
      kept.delete(run.id);
      kept.set(run.id, one);
      for (const id of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(id);
      }
      one.entries.catch(() => {
        if (kept.get(run.id) === one) kept.delete(run.id);
      });
      return one.entries;
    },
  };
}

/** A thread for each: what it needs is given back with it. */
function countedApart(storeFile: string, runId: number): Promise<CountedEntries> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(moduleUrl('./count-worker', import.meta.url), {
      workerData: { storeFile, runId },
    });
    thread.once('message', (counted: Counted) => {
      if ('entries' in counted) resolve(counted.entries);
      else
        reject(
          counted.status === null ? new Error(counted.words) : new Refusal(counted.status, counted.words),
        );
    });
    thread.once('error', reject);
    // After its message this says nothing new.
    thread.once('exit', () => reject(new Error('the thread that counts particles has ended')));
  });
}
