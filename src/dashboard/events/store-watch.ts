import type { RunMark } from '../../store/changes.ts';
import type { StoreReader } from '../../store/database.ts';
import type { LiveEvent } from '../api/event.ts';
import type { RunEntry } from '../api/run.ts';
import type { RunIndex } from '../shown/run-index.ts';
import { precisionOf } from '../shown/run-precision.ts';
import { createTileWatch, type TileNews } from './tile-watch.ts';

/** One look for all readers: what is another in the store than at the look before. */
export interface StoreWatch {
  /** Tells what has changed since the last call; the first one only learns what there is. */
  look(): void;
}

/** What a look knows of a run before it reads it. */
interface Looked {
  readonly isActive: boolean;
  /** Its row is another: the index may have read it since then. */
  readonly isMarked: boolean;
  readonly isFirstLook: boolean;
}

export function createStoreWatch(
  store: StoreReader,
  index: Pick<RunIndex, 'refresh'>,
  tell: (event: LiveEvent) => void,
): StoreWatch {
  const known = new Map<number, { readonly mark: string; readonly revision: number }>();
  const tiles = createTileWatch(store);
  let seenVersion: number | null = null;
  let wasActive: readonly number[] = [];

  function lookAtRun(runId: number, { isActive, isMarked, isFirstLook }: Looked): void {
    const found = index.refresh(runId);
    if (!found) return;
    const { entry, hasChanged } = found;
    const { sampleId, run, revision } = entry;
    const before = known.get(runId);
    // Of a run that was there and whose tiles nobody followed, nobody knows which of them changed: its summary tells.
    const isSilent = isFirstLook || (before !== undefined && !tiles.knows(runId));
    const news = tiles.look(runId, entry);
    if (!isActive) tiles.forget(runId);
    if (isFirstLook) return;
    if (hasChanged || isMarked) tell({ type: 'run', entry });
    if (!isSilent) tellOfTiles(entry, news);
    if (revision > (before?.revision ?? 0)) {
      const precision = precisionOf(store, runId, revision);
      tell({ type: 'summary', sampleId, run, revision, ...(precision && { precision }) });
    }
  }

  function tellOfTiles({ sampleId, run }: RunEntry, { changed, gone }: TileNews): void {
    for (const contentHash of gone) tell({ type: 'tile-gone', sampleId, run, contentHash });
    for (const tile of changed) tell({ type: 'tile', sampleId, run, tile });
  }

  function lookAtAll(isFirstLook: boolean): void {
    const active = new Set(store.changes.activeRuns());
    const marks = store.changes.runMarks();
    const marked = new Set(
      marks.filter((run) => !isFirstLook && known.get(run.id)?.mark !== markOf(run)).map(({ id }) => id),
    );
    for (const id of new Set([...active, ...wasActive, ...marked])) {
      lookAtRun(id, { isActive: active.has(id), isMarked: marked.has(id), isFirstLook });
    }
    for (const run of marks) known.set(run.id, { mark: markOf(run), revision: run.revision });
    wasActive = [...active];
  }

  return {
    look() {
      const version = store.changes.dataVersion();
      if (version === seenVersion) return;
      store.snapshot(() => lookAtAll(seenVersion === null));
      // Not before: a look that failed is taken again.
      seenVersion = version;
    },
  };
}

function markOf({ state, revision, lastTileAtMs }: RunMark): string {
  return `${state} ${revision} ${lastTileAtMs}`;
}
