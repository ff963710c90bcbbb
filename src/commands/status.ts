import type { Config } from '../config/schema.ts';
import { counted } from '../statistics/numeric/figure-digits.ts';
import { openStoreReadOnly, type StoreReader } from '../store/database.ts';
import type { UnusableGroup } from '../store/unusable.ts';
import { summaryTable } from './summary-table.ts';

const SHOWN_OF_A_CAUSE = 5;

export interface StatusOptions {
  /** So many of the newest. */
  readonly runs: number;
  /** So many of the files that were set aside last, as data; people are shown a few of each cause. */
  readonly setAside: number;
  readonly json: boolean;
}

type Results = Pick<StoreReader, 'runs' | 'summaries' | 'unusable'>;

/** What the store holds, beside a running daemon or without one: the newest runs, the queue, files set aside. */
export function status(config: Config, { runs, setAside, json }: StatusOptions): void {
  const store = openStoreReadOnly(config.store.file);
  try {
    if (json) {
      console.log(JSON.stringify(resultsData(store, runs, setAside), null, 2));
      return;
    }
    console.log(resultsText(store, runs));
    const { seen, segmented, failed, superseded } = store.tiles.countByState();
    console.log(`tiles: ${seen} waiting, ${segmented} segmented, ${failed} failed, ${superseded} superseded`);
    for (const line of shadowLines(store)) console.log(line);
  } finally {
    store.close();
  }
}

/** The same as data, oldest run first; `summary` is the latest one as published, null before the first. */
function resultsData(store: StoreReader, most: number, mostSetAside: number) {
  const { seen: waiting, segmented, failed, superseded } = store.tiles.countByState();
  const { runs, areAll } = newestRuns(store, most);
  return {
    runs: runs.map((run) => {
      const tiles = store.tiles.countByState(run.id);
      return {
        sample: { id: run.sampleId, label: run.sampleLabel },
        run: run.name,
        state: run.state,
        revision: run.revision,
        firstTileAt: new Date(run.createdAtMs).toISOString(),
        lastTileAt: new Date(run.lastTileAtMs).toISOString(),
        tiles: { waiting: tiles.seen, segmented: tiles.segmented, failed: tiles.failed },
        summary: store.summaries.latest(run.id)?.payload ?? null,
      };
    }),
    areAllRuns: areAll,
    tiles: { waiting, segmented, failed, superseded },
    shadow: shadowCounts(store),
    setAside: store.unusable.latest(mostSetAside).map(({ path, code, reason, mayRecover }) => ({
      ...{ path, code, reason, mayRecover },
    })),
    setAsideCount: store.unusable.count(),
  };
}

/** Of the shadow model that segmented a tile last; null where none did. */
function shadowCounts({ shadows }: Pick<StoreReader, 'shadows'>) {
  const model = shadows.latestModel();
  return model && { model: model.name, ...shadows.counts(model) };
}

function shadowLines(store: Pick<StoreReader, 'shadows'>): string[] {
  const counts = shadowCounts(store);
  if (counts === null) return [];
  const { model, waiting, segmented, failed } = counts;
  const line = `shadow model ${model}: ${segmented} tiles segmented, ${waiting} waiting, ${failed} given up`;
  return [`${line}; particled models shadow compares it`];
}

/** Latest summaries of the newest runs, or of all, as a table, oldest first, then the files set aside, by cause. */
export function resultsText(store: Results, most = Number.MAX_SAFE_INTEGER - 1): string {
  const { runs, areAll } = newestRuns(store, most);
  const table = summaryTable(runs.flatMap((run) => store.summaries.latest(run.id)?.payload ?? []));
  const older = areAll ? [] : [`older runs are left out: --runs ${10 * most} shows more of them`];
  return [table, ...older, ...setAsideLines(store.unusable.groups(SHOWN_OF_A_CAUSE))].join('\n');
}

/** Oldest first. */
function newestRuns({ runs }: Pick<StoreReader, 'runs'>, most: number) {
  const newest = runs.latest(most + 1);
  return { runs: newest.slice(0, most).reverse(), areAll: newest.length <= most };
}

/** A few of each cause, and how many more there are. */
function setAsideLines(groups: readonly UnusableGroup[]): string[] {
  return groups.flatMap(({ code, count, first }) => [
    ...first.map(({ path, reason }) => `set aside: ${path} (${code}): ${reason}`),
    ...(count > first.length ? [`set aside: ${counted(count - first.length, 'more file')} (${code})`] : []),
  ]);
}
