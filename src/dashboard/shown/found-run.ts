import type { StoreReader } from '../../store/database.ts';
import { rowsFault } from '../../store/kept-rows.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import { Refusal } from '../refusal.ts';

/** @throws Refusal 404 where there is no such run */
export function foundRun(store: Pick<StoreReader, 'runs'>, sampleId: string, name: string): StoredRun {
  const run = store.runs.named(sampleId, name);
  if (run) return run;
  throw new Refusal(404, `there is no run ${name} of a sample ${sampleId}; GET /api/v1/runs lists them`);
}

/** The tile of this content that counts. @throws Refusal 404 where there is none */
export function foundTile(store: Pick<StoreReader, 'tiles'>, contentHash: string): StoredTile {
  const tile = store.tiles.withContent(contentHash);
  if (tile) return tile;
  throw new Refusal(
    404,
    `there is no tile with the content ${contentHash}; it may have been imaged again since`,
  );
}

/** @throws Refusal 410 where the run's particles were deleted */
export function requireParticles(run: StoredRun): void {
  const fault = rowsFault(run);
  if (fault !== null) throw new Refusal(410, fault);
}
