import type { DatabaseSync } from 'node:sqlite';
import type { CorrectedPiece, SaidChange } from '../measure/corrected-pieces.ts';
import { type Change, changeSchema } from '../measure/correction.ts';
import type { Particle } from '../measure/particle.ts';
import { prepareParticleInsert } from './particle-row.ts';
import { json, nullableText, number, type Row, text, truth } from './row.ts';
import type { ModelUse } from './stored-tile.ts';
import { transaction } from './transaction.ts';

/** What somebody said of a tile's particles; it stays, whatever becomes of it. */
export interface StoredCorrection extends SaidChange {
  readonly tileId: number;
  readonly atMs: number;
  /** That found what it is said of. */
  readonly model: ModelUse;
  readonly undone: { readonly atMs: number; readonly by: string } | null;
  /** The tile was segmented again since: it says nothing of what was found then, and counts no more. */
  readonly isStale: boolean;
  /** The first revision that counts it; null: none yet, or the latest does not. */
  readonly appliedInRevision: number | null;
  /** A review counts it, or will with the revision that is owed. */
  readonly isApplied: boolean;
}

export interface NewCorrection {
  readonly tileId: number;
  readonly reviewer: string;
  readonly atMs: number;
  readonly change: Change;
  readonly drawn: readonly Particle[];
}

/** What a review makes of one tile; null: it counts as the model found it. */
export interface ReviewedTile {
  readonly tileId: number;
  readonly pieces: readonly CorrectedPiece[] | null;
}

export interface Review {
  readonly runId: number;
  readonly reviewer: string;
  readonly atMs: number;
  readonly tiles: readonly ReviewedTile[];
  /** Corrections that count from now on; all others of the run count no more. */
  readonly correctionIds: readonly number[];
}

/** The corrections that a run's figures rest on. */
export interface CorrectionsInForce {
  /** Of the latest review; null: there was none. */
  readonly reviewId: number | null;
  readonly corrections: number;
  readonly tiles: number;
  /** In the order of the alphabet. */
  readonly reviewers: readonly string[];
  /** Tiles with corrections that were said of an earlier result, and these. */
  readonly stale: { readonly corrections: number; readonly tiles: number };
}

/** What reviewers said, beside what models found. Nothing is ever overwritten: undoing and reviews note when they were. */
export interface Corrections {
  add(correction: NewCorrection): StoredCorrection;
  get(id: number): StoredCorrection | undefined;
  /** In the order in which they were said, undone and stale ones too. */
  ofTile(tileId: number): StoredCorrection[];
  ofRun(runId: number): StoredCorrection[];
  undo(id: number, by: string, atMs: number): void;
  /** From now on the run's particles count as the review says, and it owes a revision; in one transaction. */
  review(review: Review): number;
  inForce(runId: number): CorrectionsInForce;
  /** The review, and those before it, are counted from this revision on. */
  noteRevision(reviewId: number, revision: number): void;
}

const isStale = 'of_result <> results';

export function createCorrections(database: DatabaseSync): Corrections {
  const select = (where: string) =>
    database.prepare(
      `SELECT corrections.*, ${isStale} AS stale, (SELECT revision FROM reviews WHERE id = review_id) AS revision
       FROM corrections JOIN tiles ON tiles.id = tile_id WHERE ${where} ORDER BY corrections.id`,
    );
  const insert = database.prepare(
    `INSERT INTO corrections (tile_id, of_result, model, reviewer, at_ms, change, drawn)
     SELECT id, results, coalesce(model, 'null'), ?, ?, ?, ? FROM tiles WHERE id = ? RETURNING id`,
  );
  const get = select('corrections.id = ?');
  const ofTile = select('tile_id = ?');
  const ofRun = select('run_id = ?');
  const undo = database.prepare(
    'UPDATE corrections SET undone_at_ms = ?, undone_by = ? WHERE id = ? AND undone_at_ms IS NULL',
  );
  const inForce = database.prepare(
    `SELECT corrections.*, ${isStale} AS stale FROM corrections JOIN tiles ON tiles.id = tile_id
     WHERE run_id = ? AND state = 'segmented'`,
  );
  const latestReview = database.prepare('SELECT max(id) AS id FROM reviews WHERE run_id = ?');
  const noteRevision = database.prepare(
    `UPDATE reviews SET revision = :revision WHERE revision IS NULL AND id <= :id
       AND run_id = (SELECT run_id FROM reviews WHERE id = :id)`,
  );
  const review = prepareReview(database);

  function read(id: number): StoredCorrection | undefined {
    const row = get.get(id);
    return row && storedCorrection(row);
  }

  return {
    add({ tileId, reviewer, atMs, change, drawn }) {
      const row = insert.get(reviewer, atMs, JSON.stringify(change), JSON.stringify(drawn), tileId);
      return read(number(row, 'id'))!;
    },
    get: read,
    ofTile: (tileId) => ofTile.all(tileId).map(storedCorrection),
    ofRun: (runId) => ofRun.all(runId).map(storedCorrection),
    undo: (id, by, atMs) => void undo.run(atMs, by, id),
    review: (asked) => transaction(database, () => review(asked)),
    inForce(runId) {
      const id = latestReview.get(runId)?.id;
      const all = inForce.all(runId);
      const counting = all.filter((row) => row.review_id !== null && !truth(row, 'stale'));
      const stale = all.filter((row) => truth(row, 'stale') && row.undone_at_ms === null);
      return {
        reviewId: typeof id === 'number' ? id : null,
        ...tally(counting),
        reviewers: [...new Set(counting.map((row) => text(row, 'reviewer')))].sort(),
        stale: tally(stale),
      };
    },
    noteRevision: (id, revision) => void noteRevision.run({ id, revision }),
  };
}

function tally(rows: readonly Row[]): { readonly corrections: number; readonly tiles: number } {
  return { corrections: rows.length, tiles: new Set(rows.map((row) => number(row, 'tile_id'))).size };
}

function prepareReview(database: DatabaseSync): (review: Review) => number {
  const insert = database.prepare(
    'INSERT INTO reviews (run_id, reviewer, at_ms) VALUES (?, ?, ?) RETURNING id',
  );
  const forget = database.prepare('DELETE FROM reviewed_particles WHERE tile_id = ?');
  const insertParticle = prepareParticleInsert(database, 'reviewed_particles');
  const link = database.prepare(
    'UPDATE reviewed_particles SET correction_id = ?, outline = ? WHERE tile_id = ? AND number = ?',
  );
  const mark = database.prepare('UPDATE tiles SET reviewed = ? WHERE id = ? AND run_id = ?');
  const release = database.prepare(
    `UPDATE corrections SET review_id = NULL WHERE tile_id IN (SELECT id FROM tiles WHERE run_id = :run)
       AND id NOT IN (SELECT value FROM json_each(:ids))`,
  );
  const apply = database.prepare('UPDATE corrections SET review_id = coalesce(review_id, ?) WHERE id = ?');
  // Another precision is reached or not by other figures.
  const oweRevision = database.prepare(
    `UPDATE runs SET sufficient_at_ms = NULL, analysis =
       json_set(coalesce(analysis, '{"model":null,"thresholds":{}}'), '$.underWay', json('true')) WHERE id = ?`,
  );
  return ({ runId, reviewer, atMs, tiles, correctionIds }) => {
    const reviewId = number(insert.get(runId, reviewer, atMs), 'id');
    for (const { tileId, pieces } of tiles) {
      forget.run(tileId);
      mark.run(Number(pieces !== null), tileId, runId);
      for (const { number: place, particle, correctionId, outlinePx } of pieces ?? []) {
        insertParticle(tileId, place, particle);
        const outline = outlinePx && JSON.stringify(outlinePx);
        if (correctionId !== null) link.run(correctionId, outline, tileId, place);
      }
    }
    release.run({ run: runId, ids: JSON.stringify(correctionIds) });
    for (const id of correctionIds) apply.run(reviewId, id);
    oweRevision.run(runId);
    return reviewId;
  };
}

function storedCorrection(row: Row): StoredCorrection {
  const undoneBy = nullableText(row, 'undone_by');
  return {
    id: number(row, 'id'),
    tileId: number(row, 'tile_id'),
    reviewer: text(row, 'reviewer'),
    atMs: number(row, 'at_ms'),
    change: changeSchema.parse(json(row, 'change')),
    // Written from values of these types, and the daemon is the only writer.
    drawn: json(row, 'drawn') as readonly Particle[],
    model: json(row, 'model') as ModelUse,
    undone: undoneBy === null ? null : { atMs: number(row, 'undone_at_ms'), by: undoneBy },
    isUndone: undoneBy !== null,
    isStale: truth(row, 'stale'),
    appliedInRevision: row.revision === null ? null : number(row, 'revision'),
    isApplied: row.review_id !== null && !truth(row, 'stale'),
  };
}
