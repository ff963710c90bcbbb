import type { Config } from '../config/schema.ts';
import { openStoreReadOnly, type StoreReader } from '../store/database.ts';
import type { UnusableGroup } from '../store/unusable.ts';
import { summaryTable } from './summary-table.ts';

const SHOWN_OF_A_CAUSE = 5;

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

/** Every run's latest summary as a table, oldest first, then the files set aside, by cause. */
export function resultsText(store: Pick<StoreReader, 'runs' | 'summaries' | 'unusable'>): string {
  const runs = store.runs.all().reverse();
  const table = summaryTable(runs.flatMap((run) => store.summaries.latest(run.id)?.payload ?? []));
  return [table, ...setAsideLines(store.unusable.groups(SHOWN_OF_A_CAUSE))].join('\n');
}

/** A few of each cause, and how many more there are. */
function setAsideLines(groups: readonly UnusableGroup[]): string[] {
  return groups.flatMap(({ code, count, first }) => [
    ...first.map(({ path, reason }) => `set aside: ${path} (${code}): ${reason}`),
    ...(count > first.length ? [`set aside: ${count - first.length} more files (${code})`] : []),
  ]);
}
