import type { DatabaseSync } from 'node:sqlite';
import type { RunState } from '../grid/coverage.ts';
import { number, type Row, text, word } from './row.ts';

/** Where tiles come from that may belong together. */
export interface RunOrigin {
  readonly sampleLabel: string;
  readonly folder: string;
  readonly instrumentId: string;
}

export interface NewRun extends RunOrigin {
  /** The sample's id in topics. */
  readonly sampleId: string;
  /** The run's id in topics, unique within its sample. */
  readonly name: string;
  readonly pixelSizeNm: number;
  readonly createdAtMs: number;
}

export interface StoredRun extends NewRun {
  readonly id: number;
  readonly state: RunState;
  /** Of the latest summary; 0 before the first. */
  readonly revision: number;
  readonly lastTileAtMs: number;
  /** When the precision asked for was reached first; null: not yet. */
  readonly sufficientAtMs: number | null;
}

export interface Runs {
  /** A new run, filling, without a summary. */
  create(run: NewRun): StoredRun;
  get(id: number): StoredRun | undefined;
  /** Runs of this label, folder and instrument, newest first. */
  from(origin: RunOrigin): StoredRun[];
  inState(state: RunState): StoredRun[];
  /** All runs, newest first. */
  all(): StoredRun[];
  setState(id: number, state: RunState): void;
  /** The precision asked for is reached: the first time counts. */
  noteSufficient(id: number, atMs: number): void;
}

export const runStates = ['filling', 'complete', 'stalled'] as const satisfies readonly RunState[];

export function createRuns(database: DatabaseSync): Runs {
  const insert = database.prepare(
    `INSERT INTO runs (sample_id, sample_label, name, folder, instrument_id, pixel_size_nm, state, revision,
       created_at_ms, last_tile_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, 'filling', 0, ?, ?) RETURNING *`,
  );
  const get = database.prepare('SELECT * FROM runs WHERE id = ?');
  const from = database.prepare(
    'SELECT * FROM runs WHERE sample_label = ? AND folder = ? AND instrument_id = ? ORDER BY id DESC',
  );
  const inState = database.prepare('SELECT * FROM runs WHERE state = ? ORDER BY id');
  const all = database.prepare('SELECT * FROM runs ORDER BY id DESC');
  const setState = database.prepare('UPDATE runs SET state = ? WHERE id = ?');
  const noteSufficient = database.prepare(
    'UPDATE runs SET sufficient_at_ms = COALESCE(sufficient_at_ms, ?) WHERE id = ?',
  );
  return {
    create(run) {
      const { sampleId, sampleLabel, name, folder, instrumentId, pixelSizeNm, createdAtMs: at } = run;
      return storedRun(
        insert.get(sampleId, sampleLabel, name, folder, instrumentId, pixelSizeNm, at, at) ?? {},
      );
    },
    get(id) {
      const row = get.get(id);
      return row && storedRun(row);
    },
    from: ({ sampleLabel, folder, instrumentId }) =>
      from.all(sampleLabel, folder, instrumentId).map(storedRun),
    inState: (state) => inState.all(state).map(storedRun),
    all: () => all.all().map(storedRun),
    setState: (id, state) => void setState.run(state, id),
    noteSufficient: (id, atMs) => void noteSufficient.run(atMs, id),
  };
}

function storedRun(row: Row): StoredRun {
  return {
    id: number(row, 'id'),
    sampleId: text(row, 'sample_id'),
    sampleLabel: text(row, 'sample_label'),
    name: text(row, 'name'),
    folder: text(row, 'folder'),
    instrumentId: text(row, 'instrument_id'),
    pixelSizeNm: number(row, 'pixel_size_nm'),
    state: word(row, 'state', runStates),
    revision: number(row, 'revision'),
    createdAtMs: number(row, 'created_at_ms'),
    lastTileAtMs: number(row, 'last_tile_at_ms'),
    sufficientAtMs: row.sufficient_at_ms === null ? null : number(row, 'sufficient_at_ms'),
  };
}
