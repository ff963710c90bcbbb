import type { DatabaseSync } from 'node:sqlite';
import type { RunState } from '../grid/coverage.ts';
import { number, text, word } from './row.ts';
import { runStates } from './runs.ts';

/** What of a run changes while it is there. */
export interface RunMark {
  readonly id: number;
  readonly state: RunState;
  readonly revision: number;
  readonly lastTileAtMs: number;
}

/** For whoever looks at the store again and again: what is another than it was. */
export interface Changes {
  /** Another number after each transaction of another connection, and only then. */
  dataVersion(): number;
  /** Of all runs, the newest first. */
  runMarks(): RunMark[];
  /** Runs whose tiles may change: that fill, or have tiles to be segmented or segmented again. */
  activeRuns(): number[];
  /** The run's tiles that are not superseded, by id, in the order of `Tiles.ofRun`; a tile that changed has another text. */
  tileMarks(runId: number): Map<number, string>;
  /** How many pieces were found in a tile, and how many of them are uncertain. */
  piecesOfTile(tileId: number): { readonly all: number; readonly uncertain: number };
}

export function createChanges(database: DatabaseSync): Changes {
  const dataVersion = database.prepare('PRAGMA data_version');
  const runMarks = database.prepare('SELECT id, state, revision, last_tile_at_ms FROM runs ORDER BY id DESC');
  // Its other index holds every tile that there ever was.
  const activeRuns = database.prepare(
    `SELECT id FROM runs WHERE state = 'filling'
     UNION SELECT run_id FROM tiles INDEXED BY tiles_waiting WHERE state = 'seen'
     UNION SELECT run_id FROM tiles WHERE again = 1`,
  );
  const tileMarks = database.prepare(
    `SELECT id, concat_ws(' ', state, again, attempts, results, reviewed, grid_row, grid_column, stage_x_um, stage_y_um, seen_at_ms, reason, path)
       AS mark FROM tiles WHERE run_id = ? AND state <> 'superseded' ORDER BY id`,
  );
  const pieces = database.prepare(
    'SELECT count(*) AS pieces, count(*) FILTER (WHERE certain = 0) AS uncertain FROM particles WHERE tile_id = ?',
  );
  return {
    dataVersion: () => number(dataVersion.get(), 'data_version'),
    runMarks: () =>
      runMarks.all().map((row) => ({
        id: number(row, 'id'),
        state: word(row, 'state', runStates),
        revision: number(row, 'revision'),
        lastTileAtMs: number(row, 'last_tile_at_ms'),
      })),
    activeRuns: () => activeRuns.all().map((row) => number(row, 'id')),
    tileMarks: (runId) => new Map(tileMarks.all(runId).map((row) => [number(row, 'id'), text(row, 'mark')])),
    piecesOfTile(tileId) {
      const row = pieces.get(tileId);
      return { all: number(row, 'pieces'), uncertain: number(row, 'uncertain') };
    },
  };
}
