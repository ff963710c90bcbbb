import type { Config } from '../config/schema.ts';
import { openStoreReadOnly, type StoreReader } from '../store/database.ts';
import { summaryTable } from './summary-table.ts';

/** What the store holds, beside a running daemon or without one: runs, the queue, files set aside. */
export function status(config: Config): void {
  const store = openStoreReadOnly(config.store.file);
  try {
    console.log(resultsText(store));
    const { seen, segmented, failed, superseded } = store.tiles.countByState();
    console.log(`tiles: ${seen} waiting, ${segmented} segmented, ${failed} failed, ${superseded} superseded`);
  } finally {
    store.close();
  }
}

/** Every run's latest summary as a table, oldest first, then the files set aside. */
export function resultsText(store: Pick<StoreReader, 'runs' | 'summaries' | 'unusable'>): string {
  const runs = store.runs.all().reverse();
  const table = summaryTable(runs.flatMap((run) => store.summaries.latest(run.id)?.payload ?? []));
  const setAside = store.unusable
    .all()
    .sort((a, b) => a.path.localeCompare(b.path))
    .map(({ path, code, reason }) => `set aside: ${path} (${code}): ${reason}`);
  return [table, ...setAside].join('\n');
}
