import type { DatabaseSync } from 'node:sqlite';
import type { LatticeSite } from '../grid/coverage.ts';
import type { Outline } from '../measure/correction.ts';
import type { Particle } from '../measure/particle.ts';
import type { Enqueue, OutboxMessage } from './outbox.ts';
import { prepareOutlinesPut } from './outlines.ts';
import { prepareParticleInsert } from './particle-row.ts';
import { number, text } from './row.ts';
import type { Analysis } from './runs.ts';
import { prepareShadow, type ShadowModel } from './shadows.ts';
import type { ModelUse, TileQuality, TileSight } from './stored-tile.ts';
import { transaction } from './transaction.ts';

export interface SegmentedTile {
  readonly particles: readonly Particle[];
  /** One of each particle; null where nobody drew any. */
  readonly outlines: readonly Outline[] | null;
  readonly model: ModelUse;
  readonly quality: TileQuality;
  readonly sight: TileSight;
  readonly site: LatticeSite | null;
  /** The model that segments it too, for comparison. */
  readonly shadow?: ShadowModel | null;
}

export interface FailedAttempt {
  readonly reason: string;
  /** True when the tile is given up, false when it waits for another attempt. */
  readonly final: boolean;
}

/**
 * Ends an attempt to segment a tile. State, particles, outlines and messages are written in one transaction; those
 * of an earlier result go in the same one. Both return false, with nothing written, when the tile no longer
 * waits: it was superseded meanwhile, or its result is already there, so that no tile is counted twice.
 */
export interface Results {
  recordResult(tileId: number, result: SegmentedTile, messages: readonly OutboxMessage[]): boolean;
  /** A tile that is to be segmented again keeps its earlier result, after the final failure too. */
  recordFailure(tileId: number, failure: FailedAttempt, messages: readonly OutboxMessage[]): boolean;
  /**
   * The run's tiles are segmented so from now on; `tileIds` of them that were segmented otherwise, again, and those of
   * `givenUpIds` that were given up.
   */
  askAgain(
    runId: number,
    analysis: Analysis,
    tileIds: readonly number[],
    givenUpIds?: readonly number[],
  ): void;
  /**
   * A tile that was given up waits again, its file on the list of unusable ones no more, and its run owes a revision;
   * once with each `mark`, as a version and a model are.
   * @param attempts those that count as made already
   * @returns false, with nothing written, where it is not given up or has been looked at with that mark
   */
  lookAgainOnce(tileId: number, attempts: number, mark: string): boolean;
}

export function createResults(database: DatabaseSync, enqueue: Enqueue): Results {
  const segmented = database.prepare(
    `UPDATE tiles SET state = 'segmented', again = 0, attempts = attempts + 1, results = results + 1, reviewed = 0,
       reason = NULL, model = ?,
       quality = ?, sight = ?, grid_row = ?, grid_column = ?
     WHERE id = ? AND (state = 'seen' OR (state = 'segmented' AND again = 1))`,
  );
  const forgetParticles = database.prepare('DELETE FROM particles WHERE tile_id = ?');
  const failed = database.prepare(
    "UPDATE tiles SET state = ?, attempts = attempts + 1, reason = ? WHERE id = ? AND state = 'seen'",
  );
  const failedAgain = database.prepare(
    `UPDATE tiles SET again = ?, attempts = attempts + 1, reason = ?
     WHERE id = ? AND state = 'segmented' AND again = 1`,
  );
  const askAgain = database.prepare(
    "UPDATE tiles SET again = 1, attempts = 0 WHERE id = ? AND state = 'segmented'",
  );
  const askNoMore = database.prepare('UPDATE tiles SET again = 0 WHERE run_id = ?');
  const analyse = database.prepare('UPDATE runs SET analysis = ? WHERE id = ?');
  const wait = database.prepare(
    `UPDATE tiles SET state = 'seen', attempts = ? WHERE id = ? AND state = 'failed'
       AND (SELECT rows_deleted_after_days FROM runs WHERE id = run_id) IS NULL RETURNING run_id, path`,
  );
  const mark = database.prepare(
    "UPDATE tiles SET looked_again_with = ? WHERE id = ? AND state = 'failed' AND looked_again_with IS NOT ?",
  );
  const becomeUsable = database.prepare('DELETE FROM unusable_files WHERE path = ?');
  const oweRevision = database.prepare(
    `UPDATE runs SET analysis = json_set(coalesce(analysis, '{"model":null,"thresholds":{}}'), '$.underWay', json('true'))
     WHERE id = ?`,
  );
  const forgetReviewed = database.prepare('DELETE FROM reviewed_particles WHERE tile_id = ?');
  const insertParticle = prepareParticleInsert(database);
  const putOutlines = prepareOutlinesPut(database);
  const waitForShadow = prepareShadow(database);

  function lookAgain(tileId: number, attempts: number): boolean {
    const row = wait.get(attempts, tileId);
    if (row === undefined) return false;
    becomeUsable.run(text(row, 'path'));
    oweRevision.run(number(row, 'run_id'));
    return true;
  }

  return {
    recordResult: (tileId, { particles, outlines, model, quality, sight, site, shadow }, messages) =>
      transaction(database, () => {
        const place = [site?.row ?? null, site?.column ?? null];
        const facts = [model, quality, sight].map((fact) => JSON.stringify(fact));
        const { changes } = segmented.run(...facts, ...place, tileId);
        if (changes === 0) return false;
        forgetParticles.run(tileId);
        putOutlines(tileId, outlines);
        // Its corrections were said of the result that goes.
        forgetReviewed.run(tileId);
        for (const [at, particle] of particles.entries()) insertParticle(tileId, at, particle);
        if (shadow) waitForShadow(tileId, shadow);
        enqueue(messages);
        return true;
      }),
    recordFailure: (tileId, { reason, final }, messages) =>
      transaction(database, () => {
        // A tile waits in one way only, so at most one of the two changes it.
        const changes = [
          failed.run(final ? 'failed' : 'seen', reason, tileId).changes,
          failedAgain.run(Number(!final), reason, tileId).changes,
        ];
        if (changes.every((count) => count === 0)) return false;
        enqueue(messages);
        return true;
      }),
    lookAgainOnce: (tileId, attempts, markOf) =>
      transaction(
        database,
        () => mark.run(markOf, tileId, markOf).changes === 1 && lookAgain(tileId, attempts),
      ),
    askAgain: (runId, analysis, tileIds, givenUpIds = []) =>
      transaction(database, () => {
        analyse.run(JSON.stringify(analysis), runId);
        askNoMore.run(runId);
        for (const id of tileIds) askAgain.run(id);
        for (const id of givenUpIds) lookAgain(id, 0);
      }),
  };
}
