import type { DatabaseSync } from 'node:sqlite';
import { number, type Row, text } from './row.ts';
import type { StoredRun } from './runs.ts';
import { StoreError } from './store-error.ts';
import { transaction } from './transaction.ts';

/** A finished run whose particles may be deleted. */
export interface OldRun extends Pick<StoredRun, 'id' | 'sampleId' | 'name' | 'revision'> {
  /** Among the runs whose files a start writes where they are owed. */
  readonly isRecent: boolean;
}

/** The particles of old runs, which are deleted in small steps; runs, tiles and summaries stay. */
export interface KeptRows {
  /** The particled of this database was there on this day. */
  noteDay(nowMs: number): void;
  /**
   * What is older than this is older than `days`, by the clock and by the days on which particled was there: a clock that is
   * set far ahead adds but the days on which it was wrong. -Infinity where nothing is known to be so old.
   */
  olderThan(days: number, nowMs: number): number;
  /**
   * The next run after `afterId` that ended before `beforeMs`, with nothing waiting: no tile, no revision owed. Never the newest.
   */
  nextOld(afterId: number, beforeMs: number): OldRun | undefined;
  /** Topics of messages that wait; null where more than `limit` wait. */
  waitingTopics(limit: number): string[] | null;
  /** From now on the run's particles count as deleted. @returns false where it is no longer as `nextOld` says */
  close(runId: number, beforeMs: number, days: number): boolean;
  /** Closed runs that have particles left. */
  beingDeleted(): number[];
  /** Deletes at most so many particles of a closed run in one transaction, and some outlines. @returns whether any may be left */
  deleteSome(runId: number, limit: number): boolean;
}

const DAY_MS = 86_400_000;
/** As many as a start looks through for owed files. */
const RECENT_RUNS = 20;
/** Deleting the outlines of a tile takes as long as deleting so many particles. */
const PARTICLES_AN_OUTLINED_TILE = 50;

const isOld = `rows_deleted_after_days IS NULL AND state <> 'filling' AND last_tile_at_ms < :before
  AND id < (SELECT max(id) FROM runs)
  AND NOT coalesce(analysis ->> '$.underWay', 0)
  AND NOT EXISTS (SELECT 1 FROM tiles WHERE run_id = runs.id AND state = 'seen')
  AND NOT EXISTS (SELECT 1 FROM tiles WHERE run_id = runs.id AND again = 1 AND state = 'segmented')
  AND EXISTS (SELECT 1 FROM summaries WHERE run_id = runs.id AND revision = runs.revision
    AND summaries.state <> 'filling' AND 1000 * unixepoch(payload ->> '$.at') < :before)`;

export function createKeptRows(database: DatabaseSync): KeptRows {
  const noteDay = database.prepare('INSERT OR IGNORE INTO days_seen (day) VALUES (?)');
  const nthDay = database.prepare(
    'SELECT day FROM days_seen WHERE day <= ? ORDER BY day DESC LIMIT 1 OFFSET ?',
  );
  const nextOld = database.prepare(
    `SELECT id, sample_id, name, revision, (SELECT count(*) FROM runs AS newer WHERE newer.id > runs.id) AS newer
     FROM runs WHERE id > :after AND ${isOld} ORDER BY id LIMIT 1`,
  );
  const waiting = database.prepare('SELECT topic FROM outbox ORDER BY id LIMIT ?');
  const close = database.prepare(
    `UPDATE runs SET rows_deleted_after_days = :days, rows_left = 1 WHERE id = :id AND ${isOld}`,
  );
  const forgetShadows = database.prepare(
    'DELETE FROM shadow_tiles WHERE tile_id IN (SELECT id FROM tiles WHERE run_id = ?)',
  );
  const beingDeleted = database.prepare(
    'SELECT id FROM runs WHERE rows_deleted_after_days IS NOT NULL AND rows_left = 1 ORDER BY id',
  );
  const deleteSome = (['particles', 'reviewed_particles'] as const).map((table) =>
    database.prepare(
      `DELETE FROM ${table} WHERE (tile_id, number) IN
         (SELECT tile_id, number FROM tiles CROSS JOIN ${table} ON tile_id = tiles.id
          WHERE run_id = (SELECT id FROM runs WHERE id = ? AND rows_deleted_after_days IS NOT NULL) LIMIT ?)`,
    ),
  );
  const deleteOutlines = database.prepare(
    `DELETE FROM outlines WHERE tile_id IN
       (SELECT tile_id FROM tiles CROSS JOIN outlines ON tile_id = tiles.id
        WHERE run_id = (SELECT id FROM runs WHERE id = ? AND rows_deleted_after_days IS NOT NULL) LIMIT ?)`,
  );
  const noneLeft = database.prepare('UPDATE runs SET rows_left = 0 WHERE id = ?');
  return {
    noteDay: (nowMs) => void noteDay.run(Math.floor(nowMs / DAY_MS)),
    olderThan(days, nowMs) {
      const row = nthDay.get(Math.floor(nowMs / DAY_MS), Math.ceil(days) - 1);
      if (row === undefined) return Number.NEGATIVE_INFINITY;
      return Math.min(nowMs - days * DAY_MS, number(row, 'day') * DAY_MS);
    },
    nextOld(afterId, beforeMs) {
      if (!Number.isFinite(beforeMs)) return undefined;
      const row = nextOld.get({ after: afterId, before: beforeMs });
      return row && oldRun(row);
    },
    waitingTopics(limit) {
      const topics = waiting.all(limit + 1).map((row) => text(row, 'topic'));
      return topics.length > limit ? null : topics;
    },
    close: (runId, beforeMs, days) =>
      transaction(database, () => {
        if (close.run({ id: runId, before: beforeMs, days }).changes !== 1) return false;
        forgetShadows.run(runId);
        return true;
      }),
    beingDeleted: () => beingDeleted.all().map((row) => number(row, 'id')),
    deleteSome: (runId, limit) =>
      transaction(database, () => {
        const tiles = Math.ceil(limit / PARTICLES_AN_OUTLINED_TILE);
        const isLeft = [
          ...deleteSome.map((statement) => statement.run(runId, limit).changes === limit),
          deleteOutlines.run(runId, tiles).changes === tiles,
        ];
        if (isLeft.includes(true)) return true;
        noneLeft.run(runId);
        return false;
      }),
  };
}

function oldRun(row: Row): OldRun {
  return {
    id: number(row, 'id'),
    sampleId: text(row, 'sample_id'),
    name: text(row, 'name'),
    revision: number(row, 'revision'),
    isRecent: number(row, 'newer') < RECENT_RUNS,
  };
}

/** Why nothing can be read or computed from a run's particles any more; null where they are there. */
export function rowsFault({
  name,
  rowsDeletedAfterDays: days,
}: Pick<StoredRun, 'name' | 'rowsDeletedAfterDays'>): string | null {
  return days === null
    ? null
    : `${name}: its particles were deleted after ${days} days (retention.rowsDays); its summary stays`;
}

/** @throws StoreError where the particles of this run of the store were deleted, or are being deleted */
export function prepareRequireRows(database: DatabaseSync): (runId: number) => void {
  const get = database.prepare('SELECT name, rows_deleted_after_days AS days FROM runs WHERE id = ?');
  return (runId) => {
    const row = get.get(runId);
    if (row === undefined || row.days === null) return;
    const fault = rowsFault({ name: text(row, 'name'), rowsDeletedAfterDays: number(row, 'days') });
    if (fault !== null) throw new StoreError(fault);
  };
}
