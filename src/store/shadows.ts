import type { DatabaseSync } from 'node:sqlite';
import type { Outline } from '../measure/correction.ts';
import type { Particle } from '../measure/particle.ts';
import { fromBytes, toBytes } from './outline-bytes.ts';
import { bytes, json, nullableText, number, type Row, word } from './row.ts';
import { type ModelUse, type StoredTile, storedTile } from './stored-tile.ts';
import { transaction } from './transaction.ts';

/** The model that segments tiles beside the serving one. */
export type ShadowModel = Pick<ModelUse, 'name' | 'sha256' | 'thresholds'>;

/** What a shadow model found in a tile. */
export interface ShadowFinding {
  readonly particles: readonly Particle[];
  /** In the order of the particles. */
  readonly outlines: readonly Outline[];
  readonly arithmetic: NonNullable<ModelUse['arithmetic']>;
  readonly durationMs: number;
}

const shadowStates = ['waiting', 'segmented', 'failed'] as const;
type ShadowState = (typeof shadowStates)[number];

/** A tile that waits for the shadow model, or was segmented or given up by it. */
export interface ShadowTile {
  readonly tileId: number;
  readonly model: ShadowModel;
  readonly state: ShadowState;
  /** Failed attempts. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly reason: string | null;
  /** Null until segmented. */
  readonly finding: ShadowFinding | null;
}

export type ShadowCounts = Readonly<Record<ShadowState, number>>;

/** Tiles that a shadow model segments too, one row a tile; what it finds counts nowhere. */
export interface Shadows {
  /** Tiles that wait for another model, or for any where there is none, wait no more. @returns how many did */
  waitOnlyFor(model: ShadowModel | null): number;
  /** The next tile to be segmented: those that failed once after all others, newer ones first. */
  next(): StoredTile | undefined;
  /** Both return false, with nothing written, where the tile no longer waits for this model. */
  record(tileId: number, model: ShadowModel, finding: ShadowFinding): boolean;
  /** An attempt failed; the final one gives the tile up. */
  fail(
    tileId: number,
    model: ShadowModel,
    failure: { readonly reason: string; readonly final: boolean },
  ): boolean;
  /** Forgets all of runs older than so many of the newest. */
  keepRuns(newest: number): void;
  /** How many tiles are in each state for this model, of one run or of all. */
  counts(model: ShadowModel, runId?: number): ShadowCounts;
  /** The model of the newest tile; null where there is none. */
  latestModel(): ShadowModel | null;
  /** Runs with tiles of this model, the newest first. */
  runsOf(model: ShadowModel): number[];
  /** The run's tiles that still count for the serving model, in the order in which they were seen. */
  ofRun(runId: number, model: ShadowModel): ShadowTile[];
  ofTile(tileId: number): ShadowTile | undefined;
}

export function createShadows(database: DatabaseSync): Shadows {
  const stopWaiting = database.prepare("DELETE FROM shadow_tiles WHERE state = 'waiting' AND model IS NOT ?");
  const next = database.prepare(
    `SELECT tiles.* FROM shadow_tiles JOIN tiles ON tile_id = id
     WHERE shadow_tiles.state = 'waiting' AND tiles.state = 'segmented' AND tiles.again = 0
     ORDER BY shadow_tiles.attempts, tile_id DESC LIMIT 1`,
  );
  const record = database.prepare(
    `UPDATE shadow_tiles SET state = 'segmented', reason = NULL, particles = ?, outlines = ?, arithmetic = ?, duration_ms = ?
     WHERE tile_id = ? AND model = ? AND state = 'waiting'`,
  );
  const fail = database.prepare(
    `UPDATE shadow_tiles SET state = ?, attempts = attempts + 1, reason = ?
     WHERE tile_id = ? AND model = ? AND state = 'waiting'`,
  );
  // CROSS JOIN: from the few tiles of the shadow model to theirs, never from all tiles.
  const forget = database.prepare(
    `DELETE FROM shadow_tiles WHERE tile_id IN
       (SELECT tiles.id FROM shadow_tiles CROSS JOIN tiles ON tile_id = tiles.id
        WHERE run_id NOT IN (SELECT id FROM runs ORDER BY id DESC LIMIT ?))`,
  );
  const counts = database.prepare(
    `SELECT ${shadowStates.map((state) => `count(*) FILTER (WHERE shadow_tiles.state = '${state}') AS ${state}`).join(', ')}
     FROM shadow_tiles CROSS JOIN tiles ON tile_id = id
     WHERE shadow_tiles.model = :model AND tiles.state = 'segmented' AND run_id = coalesce(:run, run_id)`,
  );
  const latest = database.prepare('SELECT model FROM shadow_tiles ORDER BY tile_id DESC LIMIT 1');
  const runs = database.prepare(
    `SELECT DISTINCT run_id FROM shadow_tiles CROSS JOIN tiles ON tile_id = id
     WHERE shadow_tiles.model = ? AND tiles.state = 'segmented' ORDER BY run_id DESC`,
  );
  const ofRun = database.prepare(
    `SELECT shadow_tiles.* FROM tiles JOIN shadow_tiles ON tile_id = id
     WHERE run_id = ? AND tiles.state = 'segmented' AND shadow_tiles.model = ? ORDER BY tile_id`,
  );
  const ofTile = database.prepare('SELECT * FROM shadow_tiles WHERE tile_id = ?');
  return {
    waitOnlyFor: (model) => Number(stopWaiting.run(model && modelText(model)).changes),
    next() {
      const row = next.get();
      return row && storedTile(row);
    },
    record: (tileId, model, { particles, outlines, arithmetic, durationMs }) =>
      transaction(database, () => {
        const found = [JSON.stringify(particles), toBytes(outlines), arithmetic, durationMs];
        return record.run(...found, tileId, modelText(model)).changes === 1;
      }),
    fail: (tileId, model, { reason, final }) =>
      transaction(
        database,
        () => fail.run(final ? 'failed' : 'waiting', reason, tileId, modelText(model)).changes === 1,
      ),
    keepRuns: (newest) => void forget.run(newest),
    counts(model, runId) {
      const row = counts.get({ model: modelText(model), run: runId ?? null });
      return {
        waiting: number(row, 'waiting'),
        segmented: number(row, 'segmented'),
        failed: number(row, 'failed'),
      };
    },
    latestModel() {
      const row = latest.get();
      return row === undefined ? null : modelIn(row);
    },
    runsOf: (model) => runs.all(modelText(model)).map((row) => number(row, 'run_id')),
    ofRun: (runId, model) => ofRun.all(runId, modelText(model)).map(shadowTile),
    ofTile(tileId) {
      const row = ofTile.get(tileId);
      return row && shadowTile(row);
    },
  };
}

/** Has a tile wait for the shadow model, unless that has segmented it or given it up; to be called in a transaction. */
export function prepareShadow(database: DatabaseSync): (tileId: number, model: ShadowModel) => void {
  const wait = database.prepare(
    `INSERT INTO shadow_tiles (tile_id, model, state, attempts) VALUES (?, ?, 'waiting', 0)
     ON CONFLICT (tile_id) DO UPDATE SET model = excluded.model, state = 'waiting', attempts = 0, reason = NULL,
       particles = NULL, outlines = NULL, arithmetic = NULL, duration_ms = NULL
     WHERE model <> excluded.model`,
  );
  return (tileId, model) => void wait.run(tileId, modelText(model));
}

/** The same text for the same model, in whatever order its thresholds stand. */
function modelText({ name, sha256, thresholds }: ShadowModel): string {
  const sorted = Object.entries(thresholds).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ name, sha256, thresholds: Object.fromEntries(sorted) });
}

function modelIn(row: Row): ShadowModel {
  // Written by modelText, and the daemon is the only writer.
  return json(row, 'model') as ShadowModel;
}

function shadowTile(row: Row): ShadowTile {
  const state = word(row, 'state', shadowStates);
  const tileId = number(row, 'tile_id');
  return {
    tileId,
    model: modelIn(row),
    state,
    attempts: number(row, 'attempts'),
    reason: nullableText(row, 'reason'),
    finding:
      state === 'segmented'
        ? {
            // Written from values of this type.
            particles: json(row, 'particles') as Particle[],
            outlines: fromBytes(bytes(row, 'outlines'), `shadow outlines of tile ${tileId}`),
            arithmetic: word(row, 'arithmetic', ['as-shipped', 'exact']),
            durationMs: number(row, 'duration_ms'),
          }
        : null,
  };
}
