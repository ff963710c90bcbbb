import type { DatabaseSync } from 'node:sqlite';
import { json, number } from './row.ts';
import { transaction } from './transaction.ts';

/** A figure in µm with its 95 % interval; null bounds where there is none. */
interface KnownFigure {
  readonly value: number;
  readonly low95: number | null;
  readonly high95: number | null;
}

/** What a revision of a run's summary knew of the sizes by number, and from how many tiles. */
export interface Precision {
  readonly revision: number;
  readonly tiles: number;
  readonly d10: KnownFigure;
  readonly d50: KnownFigure;
  readonly d90: KnownFigure;
}

export interface Precisions {
  /**
   * Keeps it in place of what an earlier revision knew from as many tiles.
   * @param most where a run has more, every second one is forgotten, never the latest: a chart shows no more
   */
  note(runId: number, precision: Precision, most?: number): void;
  /** By tiles, the fewest first. */
  ofRun(runId: number): Precision[];
}

const MOST = 160;

export function createPrecisions(database: DatabaseSync): Precisions {
  const put = database.prepare(
    'INSERT OR REPLACE INTO precisions (run_id, tiles, revision, figures) VALUES (?, ?, ?, ?)',
  );
  const ofRun = database.prepare('SELECT * FROM precisions WHERE run_id = ? ORDER BY tiles');
  const count = database.prepare('SELECT count(*) AS points FROM precisions WHERE run_id = ?');
  const thin = database.prepare(
    `DELETE FROM precisions WHERE run_id = ?1 AND tiles IN (
       SELECT tiles FROM (
         SELECT tiles, row_number() OVER (ORDER BY tiles) AS place FROM precisions WHERE run_id = ?1
       ) WHERE place % 2 = 0 AND tiles <> ?2
     )`,
  );
  return {
    note: (runId, { revision, tiles, ...figures }, most = MOST) =>
      transaction(database, () => {
        put.run(runId, tiles, revision, JSON.stringify(figures));
        if (number(count.get(runId), 'points') > most) thin.run(runId, tiles);
      }),
    ofRun: (runId) =>
      ofRun.all(runId).map((row) => ({
        revision: number(row, 'revision'),
        tiles: number(row, 'tiles'),
        // As `note` wrote it; the daemon is the only writer.
        ...(json(row, 'figures') as Pick<Precision, 'd10' | 'd50' | 'd90'>),
      })),
  };
}
