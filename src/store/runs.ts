import type { DatabaseSync } from 'node:sqlite';
import type { RunState } from '../grid/coverage.ts';
import type { Thresholds } from '../inference/model/manifest.ts';
import type { PixelSizeSource } from '../watcher/metadata/tile-metadata.ts';
import type { Remarks } from './expectation.ts';
import { json, number, type Row, text, truth, word } from './row.ts';

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
  /** Who says how large a pixel is; the files where left out. */
  readonly pixelSizeSource?: PixelSizeSource;
  /** Whether its tiles have places on the stage; they do where left out. */
  readonly isPlaced?: boolean;
  readonly createdAtMs: number;
}

/** How a run's tiles are segmented where a controller asked for another way than the usual one. */
export interface Analysis {
  /** Null: by the magnification. */
  readonly model: string | null;
  /** Instead of the model's own. */
  readonly thresholds: { readonly [Name in keyof Thresholds]?: number | undefined };
  /** Which particles count instead of the configured filter's; null: all; missing: as configured. */
  readonly filter?: string | null;
  /** The revision that says so is still owed. */
  readonly underWay: boolean;
}

/** Who ended a run as it was, and why, in their own words. */
export interface Finalising {
  readonly by: string | null;
  readonly reason: string | null;
}

export interface StoredRun extends NewRun {
  readonly id: number;
  readonly pixelSizeSource: PixelSizeSource;
  readonly isPlaced: boolean;
  readonly state: RunState;
  /** Of the latest summary; 0 before the first. */
  readonly revision: number;
  readonly lastTileAtMs: number;
  /** When the precision asked for was reached first; null: not yet. */
  readonly sufficientAtMs: number | null;
  /** When a controller ended it as it was; null where it ends by itself. */
  readonly finalisedAtMs: number | null;
  /** As whoever ended it said; null where nobody did. */
  readonly finalised: Finalising | null;
  readonly analysis: Analysis | null;
  /** What was said of it by the time it ended; null: what its sample's expectation says. */
  readonly remarks: Remarks | null;
  /** After how many days its particles were deleted: nothing more is computed of it, and no tile joins it; null: they are there. */
  readonly rowsDeletedAfterDays: number | null;
}

export interface Runs {
  /** A new run, filling, without a summary. */
  create(run: NewRun): StoredRun;
  get(id: number): StoredRun | undefined;
  /** The newest runs of this label, folder and instrument, newest first. */
  from(origin: RunOrigin, limit: number): StoredRun[];
  inState(state: RunState): StoredRun[];
  /** Runs of a sample, by its id in topics, newest first. */
  ofSample(sampleId: string): StoredRun[];
  /** The one run of a sample that is called so. */
  named(sampleId: string, name: string): StoredRun | undefined;
  /** The newest of all, or of those that have a summary (`measured`). */
  newest(of?: 'measured'): StoredRun | undefined;
  /** All runs, newest first. */
  all(): StoredRun[];
  /** The newest ones, newest first. */
  latest(limit: number): StoredRun[];
  /** When the last tile of all came; null before the first. */
  lastTileAtMs(): number | null;
  setState(id: number, state: RunState): void;
  /** The precision asked for is reached: the first time counts. */
  noteSufficient(id: number, atMs: number): void;
  /** Another precision is asked for, which was not reached yet. */
  forgetSufficient(id: number): void;
  /** Nothing more is waited for; the first time this is said counts, and who said it then. */
  finalise(id: number, atMs: number, said: Finalising): void;
  /** What is said of its sample as it ends: the first time counts. */
  keepRemarks(id: number, remarks: Remarks): void;
  /** Something else is said of its sample while it fills. */
  forgetRemarks(id: number): void;
  /** Which particles of the run count from now on, null: all; it owes a revision, and its precision is judged anew. */
  setFilter(id: number, filter: string | null): void;
  /** The run's analysis, if any, has its revision. */
  endAnalysis(id: number): void;
  /** Runs whose analysis still owes its revision. */
  underAnalysis(): StoredRun[];
}

export const runStates = [
  'filling',
  'complete',
  'stalled',
  'finalised',
] as const satisfies readonly RunState[];

export function createRuns(database: DatabaseSync): Runs {
  const insert = database.prepare(
    `INSERT INTO runs (sample_id, sample_label, name, folder, instrument_id, pixel_size_nm, pixel_size_source, placed,
       state, revision, created_at_ms, last_tile_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'filling', 0, ?, ?) RETURNING *`,
  );
  const get = database.prepare('SELECT * FROM runs WHERE id = ?');
  const from = database.prepare(
    'SELECT * FROM runs WHERE sample_label = ? AND folder = ? AND instrument_id = ? ORDER BY id DESC LIMIT ?',
  );
  const inState = database.prepare('SELECT * FROM runs WHERE state = ? ORDER BY id');
  const ofSample = database.prepare('SELECT * FROM runs WHERE sample_id = ? ORDER BY id DESC');
  const named = database.prepare('SELECT * FROM runs WHERE sample_id = ? AND name = ?');
  const all = database.prepare('SELECT * FROM runs ORDER BY id DESC');
  const latest = database.prepare('SELECT * FROM runs ORDER BY id DESC LIMIT ?');
  const lastTile = database.prepare('SELECT max(last_tile_at_ms) AS at FROM runs');
  const newest = database.prepare('SELECT * FROM runs WHERE revision >= ? ORDER BY id DESC LIMIT 1');
  const setState = database.prepare('UPDATE runs SET state = ? WHERE id = ?');
  const noteSufficient = database.prepare(
    'UPDATE runs SET sufficient_at_ms = COALESCE(sufficient_at_ms, ?) WHERE id = ?',
  );
  const forgetSufficient = database.prepare('UPDATE runs SET sufficient_at_ms = NULL WHERE id = ?');
  const finalise = database.prepare(
    'UPDATE runs SET finalised_at_ms = ?, finalised = ? WHERE id = ? AND finalised_at_ms IS NULL',
  );
  const keepRemarks = database.prepare('UPDATE runs SET remarks = COALESCE(remarks, ?) WHERE id = ?');
  const forgetRemarks = database.prepare('UPDATE runs SET remarks = NULL WHERE id = ?');
  const setFilter = database.prepare(
    `UPDATE runs SET sufficient_at_ms = NULL, analysis =
       json_set(coalesce(analysis, '{"model":null,"thresholds":{}}'), '$.filter', json(?), '$.underWay', json('true'))
     WHERE id = ?`,
  );
  const endAnalysis = database.prepare(
    "UPDATE runs SET analysis = json_set(analysis, '$.underWay', json('false')) WHERE id = ?",
  );
  const underAnalysis = database.prepare("SELECT * FROM runs WHERE analysis ->> '$.underWay' ORDER BY id");
  return {
    create(run) {
      const { sampleId, sampleLabel, name, folder, instrumentId, pixelSizeNm, createdAtMs: at } = run;
      const { pixelSizeSource = 'file', isPlaced = true } = run;
      const origin = [sampleId, sampleLabel, name, folder, instrumentId] as const;
      return storedRun(insert.get(...origin, pixelSizeNm, pixelSizeSource, Number(isPlaced), at, at) ?? {});
    },
    get(id) {
      const row = get.get(id);
      return row && storedRun(row);
    },
    from: ({ sampleLabel, folder, instrumentId }, limit) =>
      from.all(sampleLabel, folder, instrumentId, limit).map(storedRun),
    inState: (state) => inState.all(state).map(storedRun),
    ofSample: (sampleId) => ofSample.all(sampleId).map(storedRun),
    named(sampleId, name) {
      const row = named.get(sampleId, name);
      return row && storedRun(row);
    },
    newest(of) {
      const row = newest.get(of === 'measured' ? 1 : 0);
      return row && storedRun(row);
    },
    all: () => all.all().map(storedRun),
    latest: (limit) => latest.all(limit).map(storedRun),
    lastTileAtMs() {
      const row = lastTile.get();
      return row === undefined || row.at === null ? null : number(row, 'at');
    },
    setState: (id, state) => void setState.run(state, id),
    noteSufficient: (id, atMs) => void noteSufficient.run(atMs, id),
    forgetSufficient: (id) => void forgetSufficient.run(id),
    finalise: (id, atMs, said) => void finalise.run(atMs, JSON.stringify(said), id),
    keepRemarks: (id, remarks) => void keepRemarks.run(JSON.stringify(remarks), id),
    forgetRemarks: (id) => void forgetRemarks.run(id),
    setFilter: (id, filter) => void setFilter.run(JSON.stringify(filter), id),
    endAnalysis: (id) => void endAnalysis.run(id),
    underAnalysis: () => underAnalysis.all().map(storedRun),
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
    pixelSizeSource: word(row, 'pixel_size_source', ['file', 'stated']),
    isPlaced: truth(row, 'placed'),
    state: word(row, 'state', runStates),
    revision: number(row, 'revision'),
    createdAtMs: number(row, 'created_at_ms'),
    lastTileAtMs: number(row, 'last_tile_at_ms'),
    sufficientAtMs: row.sufficient_at_ms === null ? null : number(row, 'sufficient_at_ms'),
    finalisedAtMs: row.finalised_at_ms === null ? null : number(row, 'finalised_at_ms'),
    // These three were written from values of these types, and the daemon is the only writer.
    finalised: finalisedIn(row),
    analysis: row.analysis === null ? null : (json(row, 'analysis') as Analysis),
    remarks: row.remarks === null ? null : (json(row, 'remarks') as Remarks),
    rowsDeletedAfterDays:
      row.rows_deleted_after_days === null ? null : number(row, 'rows_deleted_after_days'),
  };
}

/** Runs that a controller ended before versions that noted who and why have neither. */
function finalisedIn(row: Row): Finalising | null {
  if (row.finalised !== null) return json(row, 'finalised') as Finalising;
  return row.finalised_at_ms === null ? null : { by: null, reason: null };
}
