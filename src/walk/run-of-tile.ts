import type { Store } from '../store/database.ts';
import type { StoredRun } from '../store/runs.ts';
import type { StoredTile } from '../store/stored-tile.ts';

/** The run that a stored tile is in. */
export function runOf({ runs }: Pick<Store, 'runs'>, { runId }: Pick<StoredTile, 'runId'>): StoredRun {
  const run = runs.get(runId);
  if (!run) throw new Error(`the store has no run ${runId}, though a tile belongs to it`);
  return run;
}
