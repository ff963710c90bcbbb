import type { StoreReader } from '../../store/database.ts';
import type { RunEntry, TileEntry } from '../api/run.ts';
import { tileVerdicts } from '../shown/run-detail.ts';
import { tileEntry } from '../shown/tile-entry.ts';

/** What has become of the tiles of a run since the look before. */
export interface TileNews {
  readonly changed: readonly TileEntry[];
  /** Content hashes of tiles that count no more. */
  readonly gone: readonly string[];
}

/** Runs whose tiles may change: each tile's mark in the store, and what it was like. */
export interface TileWatch {
  /** Of a run that it did not know all tiles are news. */
  look(runId: number, of: Pick<RunEntry, 'revision'>): TileNews;
  knows(runId: number): boolean;
  forget(runId: number): void;
}

interface KnownTile {
  readonly mark: string;
  readonly contentHash: string;
  readonly text: string;
}

export function createTileWatch(store: StoreReader): TileWatch {
  const runs = new Map<number, { revision: number; readonly tiles: Map<number, KnownTile> }>();

  function changedIn(
    tiles: Map<number, KnownTile>,
    runId: number,
    ids: readonly number[],
    marks: ReadonlyMap<number, string>,
  ): TileEntry[] {
    if (ids.length === 0) return [];
    const verdicts = tileVerdicts(store.summaries.latest(runId));
    return ids.flatMap((id) => {
      const stored = store.tiles.get(id);
      if (!stored) return [];
      const entry = tileEntry(store, stored, verdicts);
      const text = JSON.stringify(entry);
      const before = tiles.get(id)?.text;
      tiles.set(id, { mark: marks.get(id) ?? '', contentHash: entry.contentHash, text });
      return text === before ? [] : [entry];
    });
  }

  return {
    knows: (runId) => runs.has(runId),
    forget: (runId) => void runs.delete(runId),
    look(runId, { revision }) {
      const known = runs.get(runId) ?? { revision, tiles: new Map<number, KnownTile>() };
      runs.set(runId, known);
      const { tiles } = known;
      const marks = store.changes.tileMarks(runId);
      const gone = [...tiles].filter(([id]) => !marks.has(id));
      for (const [id] of gone) tiles.delete(id);
      // A revision may leave out other tiles than the one before.
      const isJudgedAnew = known.revision !== revision;
      known.revision = revision;
      const ids = [...marks.keys()].filter((id) => isJudgedAnew || tiles.get(id)?.mark !== marks.get(id));
      return {
        changed: changedIn(tiles, runId, ids, marks),
        gone: gone.map(([, { contentHash }]) => contentHash),
      };
    },
  };
}
