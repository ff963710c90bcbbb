import type { StoreReader } from '../../store/database.ts';
import type { StoredRun } from '../../store/runs.ts';
import { type CountedEntries, countedEntries } from './particle-entries.ts';

/** The particles of the runs that were looked at last, counted once for all who look. */
export interface CountedRuns {
  /** @throws Refusal as `countedEntries` */
  of(run: StoredRun): CountedEntries;
}

/** One has some 10 MB; two are compared. */
const KEPT = 4;

export function createCountedRuns(store: StoreReader): CountedRuns {
  const kept = new Map<number, { readonly mark: string; readonly entries: CountedEntries }>(); // the latest last
  return {
    of(run) {
      const mark = `${run.revision} ${[...store.changes.tileMarks(run.id).values()].join()}`;
      const known = kept.get(run.id);
      const entries = known?.mark === mark ? known.entries : countedEntries(store, run);
      kept.delete(run.id);
      kept.set(run.id, { mark, entries });
      for (const id of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(id);
      }
      return entries;
    },
  };
}
