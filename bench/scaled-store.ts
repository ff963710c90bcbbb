import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Config } from '../src/config/schema.ts';
import { topicSegment } from '../src/publish/topics.ts';
import { connect } from '../src/store/connection.ts';
import { openStore, type Store, type StoreReader } from '../src/store/database.ts';
import { storeScan } from './live-page-run.ts';

export const TILES_A_SAMPLE = 288;
export const PARTICLES_A_TILE = 35;
/** Every third sample is a control, always of one label in one folder. */
export const CONTROL = { label: 'Control', folder: '/export/control' } as const;
const COLUMNS = 24;
/** Of all tables and indexes, measured. */
const BYTES_A_PARTICLE = 500;
const SAMPLES_A_DAY = 4;
const REVISIONS = 40;
const SET_ASIDE_A_SAMPLE = 3;
const DAY_MS = 86_400_000;

export interface ScaledSample {
  readonly runId: number;
  readonly sampleId: string;
  readonly runName: string;
}

/** A filled store, opened as the daemon and as its readers have it. */
export interface Scaled {
  readonly config: Config;
  readonly newest: ScaledSample;
  readonly store: Store;
  readonly reader: StoreReader;
}

/** What of a copied row is another than of the first sample's: a column and its SQL, where `:n` numbers the copy. */
type Copied = Readonly<Record<string, string>>;

/**
 * Makes a store of so many finished samples of 12 x 24 tiles, four a day, the last one now. The first is written by the
 * program itself, outlines, summary and all; the others are its copies, row by row in the real tables.
 * @throws Error where the disk has no room for it
 */
export function fillStore(config: Config, samples: number): void {
  const { file } = config.store;
  requireRoom(dirname(file), samples);
  scanOnce(config);
  const database = connect(file);
  try {
    database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA foreign_keys = OFF');
    shiftFirst(database, samples);
    for (let from = 1; from < samples; from += 50) copySamples(database, from, Math.min(from + 50, samples));
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/** The finished sample that came last. */
export function newestSample({ runs }: Store): ScaledSample {
  const { id, sampleId, name } = runs.inState('complete').at(-1)!;
  return { runId: id, sampleId, runName: name };
}

function requireRoom(folder: string, samples: number): void {
  mkdirSync(folder, { recursive: true });
  const needed = samples * TILES_A_SAMPLE * PARTICLES_A_TILE * BYTES_A_PARTICLE;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize > 2 * needed) return;
  const gb = (bytes: number): string => (bytes / 1e9).toFixed(1);
  throw new Error(
    `${folder}: ${gb(bavail * bsize)} GB free, ${samples} samples need ${gb(2 * needed)}; give --folder on another disk or fewer --samples`,
  );
}

/** One sample, by the program's own hand, and what a daemon notes beside it. */
function scanOnce(config: Config): void {
  const folder = mkdtempSync(join(tmpdir(), 'particled-tiles-'));
  try {
    const paths = Array.from({ length: TILES_A_SAMPLE }, (_, tile) => join(folder, `tile-${tile}.tiff`));
    for (const path of paths) writeFileSync(path, path);
    storeScan(config, { label: 'sample', columns: COLUMNS, paths, particlesPerTile: PARTICLES_A_TILE });
  } finally {
    rmSync(folder, { recursive: true });
  }
  const store = openStore(config.store.file);
  store.outbox.acknowledge(store.outbox.next(0, 10).map(({ id }) => id));
  const figure = { value: 5, low95: 4.9, high95: 5.1 };
  for (let revision = 1; revision <= REVISIONS; revision++)
    store.precisions.note(1, { ...{ revision, tiles: 7 * revision }, d10: figure, d50: figure, d90: figure });
  for (let n = 0; n < SET_ASIDE_A_SAMPLE; n++) {
    const file = { path: `/export/0/other-${n}.tiff`, sizeBytes: 1, modifiedAtMs: 1, mayRecover: false };
    const reason = 'has no FeiImage metadata';
    store.unusable.setAside(
      { ...file, code: 'no-metadata', reason },
      { topic: 'x', retain: false, payload: {} },
    );
  }
  store.outbox.acknowledge(store.outbox.next(0, 10).map(({ id }) => id));
  store.modelChecks.record(0, [{ model: 'low', arithmetic: 'as-shipped', figures: null, deviation: null }]);
  store.close();
}

const PERIOD_MS = DAY_MS / SAMPLES_A_DAY;
const nameAt = (atMs: string): string => `strftime('%Y%m%dT%H%M%SZ', (${atMs}) / 1000.0, 'unixepoch')`;
const timeAt = (atMs: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', (${atMs}) / 1000.0, 'unixepoch')`;

/** The first sample moves so far back that the last one ends now, into a folder of its own. */
function shiftFirst(database: DatabaseSync, samples: number): void {
  const endMs = Math.floor((Date.now() - (samples - 1) * PERIOD_MS) / 1000) * 1000;
  database.exec(`
    UPDATE runs SET last_tile_at_ms = ${endMs}, created_at_ms = ${endMs - 3_600_000}, folder = '/export/0',
      name = ${nameAt(String(endMs - 3_600_000))};
    UPDATE tiles SET seen_at_ms = ${endMs}, path = '/export/0/' || id || '.tiff';
    DELETE FROM files;
    INSERT INTO files (path, size_bytes, modified_at_ms, content_hash) SELECT path, 1, 1, content_hash FROM tiles;
    UPDATE summaries SET payload = json_set(payload, '$.run', (SELECT name FROM runs), '$.at', ${timeAt(String(endMs))});
    UPDATE unusable_files SET at_ms = ${endMs};
    UPDATE model_checks SET at_ms = ${endMs};
  `);
}

const ofRun: Copied = { run_id: 'run_id + :n' };
const ofTile: Copied = { tile_id: `tile_id + :n * ${TILES_A_SAMPLE}` };
const later = (column: string): Copied => ({ [column]: `${column} + :n * ${PERIOD_MS}` });
const contentHash = { content_hash: "printf('%08x', :n) || substr(content_hash, 9)" };
const path = { path: "replace(path, '/export/0/', '/export/' || :n || '/')" };
const createdAtMs = `created_at_ms + :n * ${PERIOD_MS}`;

const controlId = topicSegment(CONTROL.label);
const orControl = (own: string, control: string): string => `iif(:n % 3 = 0, '${control}', ${own} || :n)`;

/** Each table's rows of the first sample, `first` which they are. */
const copies: readonly { readonly table: string; readonly first: string; readonly other: Copied }[] = [
  {
    table: 'runs',
    first: 'id = 1',
    other: {
      ...{ id: 'id + :n', sample_id: orControl('sample_id', controlId), name: nameAt(createdAtMs) },
      ...{
        sample_label: orControl('sample_label', CONTROL.label),
        folder: orControl("'/export/'", CONTROL.folder),
      },
      ...{ ...later('created_at_ms'), ...later('last_tile_at_ms') },
    },
  },
  {
    table: 'tiles',
    first: 'run_id = 1',
    other: { id: `id + :n * ${TILES_A_SAMPLE}`, ...ofRun, ...contentHash, ...path, ...later('seen_at_ms') },
  },
  { table: 'particles', first: `tile_id <= ${TILES_A_SAMPLE}`, other: ofTile },
  { table: 'outlines', first: `tile_id <= ${TILES_A_SAMPLE}`, other: ofTile },
  { table: 'files', first: "path GLOB '/export/0/*'", other: { ...path, ...contentHash } },
  { table: 'unusable_files', first: "path GLOB '/export/0/*'", other: { ...path, ...later('at_ms') } },
  { table: 'model_checks', first: 'rowid = 1', other: later('at_ms') },
  { table: 'precisions', first: 'run_id = 1', other: ofRun },
  {
    table: 'summaries',
    first: 'run_id = 1',
    other: {
      ...ofRun,
      payload: `(SELECT json_set(payload, '$.sample.id', sample_id, '$.sample.label', sample_label, '$.run', name,
        '$.at', ${timeAt('last_tile_at_ms')}) FROM runs WHERE id = run_id + :n)`,
    },
  },
];

function copySamples(database: DatabaseSync, from: number, to: number): void {
  const statements = copies.map(({ table, first, other }) => {
    const columns = database
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map(({ name }) => String(name));
    const values = columns.map((column) => other[column] ?? column);
    const source = `SELECT ${values.join(', ')} FROM ${table} WHERE ${first}`;
    return database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) ${source}`);
  });
  database.exec('BEGIN');
  for (let n = from; n < to; n++) for (const statement of statements) statement.run({ n: BigInt(n) });
  database.exec('COMMIT');
}
