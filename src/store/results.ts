import type { DatabaseSync } from 'node:sqlite';
import type { LatticeSite } from '../grid/coverage.ts';
import type { Particle } from '../measure/particle.ts';
import type { Enqueue, OutboxMessage } from './outbox.ts';
import { prepareParticleInsert } from './particles.ts';
import type { ModelUse, TileQuality } from './stored-tile.ts';
import { transaction } from './transaction.ts';

export interface SegmentedTile {
  readonly particles: readonly Particle[];
  readonly model: ModelUse;
  readonly quality: TileQuality;
  readonly site: LatticeSite | null;
}

export interface FailedAttempt {
  readonly reason: string;
  /** True when the tile is given up, false when it waits for another attempt. */
  readonly final: boolean;
}

/**
 * Ends an attempt to segment a tile. State, particles and messages are written in one transaction.
 * Both return false, with nothing written, when the tile no longer waits: it was superseded meanwhile, or
 * its result is already there, so that no tile is counted twice.
 */
export interface Results {
  recordResult(tileId: number, result: SegmentedTile, messages: readonly OutboxMessage[]): boolean;
  recordFailure(tileId: number, failure: FailedAttempt, messages: readonly OutboxMessage[]): boolean;
}

export function createResults(database: DatabaseSync, enqueue: Enqueue): Results {
  const segmented = database.prepare(
    `UPDATE tiles SET state = 'segmented', attempts = attempts + 1, reason = NULL, model = ?, quality = ?,
       grid_row = ?, grid_column = ? WHERE id = ? AND state = 'seen'`,
  );
  const failed = database.prepare(
    "UPDATE tiles SET state = ?, attempts = attempts + 1, reason = ? WHERE id = ? AND state = 'seen'",
  );
  const insertParticles = prepareParticleInsert(database);
  return {
    recordResult: (tileId, { particles, model, quality, site }, messages) =>
      transaction(database, () => {
        const place = [site?.row ?? null, site?.column ?? null];
        const { changes } = segmented.run(JSON.stringify(model), JSON.stringify(quality), ...place, tileId);
        if (changes === 0) return false;
        insertParticles(tileId, particles);
        enqueue(messages);
        return true;
      }),
    recordFailure: (tileId, { reason, final }, messages) =>
      transaction(database, () => {
        const { changes } = failed.run(final ? 'failed' : 'seen', reason, tileId);
        if (changes === 0) return false;
        enqueue(messages);
        return true;
      }),
  };
}
