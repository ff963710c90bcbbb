import { join } from 'node:path';
import type { ParticleOfTile } from '../../store/particles.ts';
import type { SampleSummary } from '../sample/sample-summary.ts';
import type { Column, TableFile } from './column.ts';
import { type CountedParticle, type CountedRun, countedRun, type MeasuredRun } from './counted-run.ts';
import { type CsvDialect, openCsv } from './csv-file.ts';
import { openParquet } from './parquet-file.ts';
import { particleColumns } from './particle-columns.ts';
import { type PieceRow, pieceColumns } from './piece-columns.ts';
import { runOfRow } from './run-columns.ts';
import { sampleColumns } from './sample-columns.ts';
import { type TileCount, type TileRow, tileColumns } from './tile-columns.ts';

export type TableFormat = 'csv' | 'parquet';

/** Every table by its file's name; docs/tables.md is made of this. */
export const tableColumns = {
  particles: particleColumns,
  pieces: pieceColumns,
  tiles: tileColumns,
  samples: sampleColumns,
} as const;

/** A run and the pieces that its tiles show, tile by tile. */
export interface TabledRun extends MeasuredRun {
  readonly pieces: Iterable<ParticleOfTile>;
}

/** The tables that runs are written into, one after another. */
export interface RunTables {
  /** @param seen is given each piece as it passes. */
  add(run: TabledRun, seen?: (piece: ParticleOfTile) => void): Promise<void>;
  close(): Promise<void>;
  abandon(): Promise<void>;
}

/** Opens the tables of a folder, each in all formats; with `samples` only where there may be several. */
export async function openRunTables(
  folder: string,
  formats: readonly TableFormat[],
  dialect: CsvDialect,
  { withSamples }: { readonly withSamples: boolean },
): Promise<RunTables> {
  async function open<Row>(name: string, columns: readonly Column<Row>[]): Promise<TableFile<Row>> {
    const files: TableFile<Row>[] = [];
    for (const format of formats) {
      const path = join(folder, `${name}.${format}`);
      files.push(format === 'csv' ? await openCsv(path, columns, dialect) : openParquet(path, columns));
    }
    return together(files);
  }
  const particles = await open<CountedParticle>('particles', particleColumns);
  const pieces = await open<PieceRow>('pieces', pieceColumns);
  const tiles = await open<TileRow>('tiles', tileColumns);
  const samples = withSamples ? await open<SampleSummary>('samples', sampleColumns) : null;
  const all = [particles, pieces, tiles, ...(samples ? [samples] : [])];
  return {
    async add(run, seen) {
      const counted = countedRun(run);
      const counts = new Map<number, TileCount>();
      await particles.write(counted.particles());
      await pieces.write(pieceRows(run, counted, counts, seen));
      await tiles.write(tileRows(run, counted, counts));
      await samples?.write([run.summary]);
    },
    async close() {
      for (const table of all) await table.close();
    },
    async abandon() {
      for (const table of all) await table.abandon();
    },
  };
}

const BATCH_ROWS = 2_000;

/** Rows are read once, and go into all files batch by batch. */
function together<Row>(files: readonly TableFile<Row>[]): TableFile<Row> {
  const each = async (act: (file: TableFile<Row>) => Promise<void>): Promise<void> => {
    for (const file of files) await act(file);
  };
  return {
    async write(rows) {
      let batch: Row[] = [];
      for (const row of rows) {
        batch.push(row);
        if (batch.length < BATCH_ROWS) continue;
        await each((file) => file.write(batch));
        batch = [];
      }
      await each((file) => file.write(batch));
    },
    close: () => each((file) => file.close()),
    abandon: () => each((file) => file.abandon()),
  };
}

/** Counts them by tile while they pass. */
function* pieceRows(
  { summary, pieces }: TabledRun,
  { fateOf }: CountedRun,
  counts: Map<number, TileCount>,
  seen: ((piece: ParticleOfTile) => void) | undefined,
): Generator<PieceRow> {
  const of = runOfRow(summary);
  for (const piece of pieces) {
    const { certain, touchesBorder } = piece.particle;
    const count = counts.get(piece.tileId) ?? { all: 0, certain: 0, uncertain: 0, border: 0 };
    counts.set(piece.tileId, count);
    count.all++;
    count[certain ? 'certain' : 'uncertain']++;
    if (touchesBorder) count.border++;
    seen?.(piece);
    yield { of, piece, fate: fateOf(piece.tileId, piece.number) };
  }
}

function* tileRows(
  { summary, tiles }: TabledRun,
  { countedIn }: CountedRun,
  counts: ReadonlyMap<number, TileCount>,
): Generator<TileRow> {
  const of = runOfRow(summary);
  const leftOut = new Map(summary.imaging.tiles.map((tile) => [tile.contentHash, tile]));
  for (const tile of tiles) {
    const isSegmented = tile.state === 'segmented';
    yield {
      of,
      tile,
      pieces: isSegmented ? (counts.get(tile.id) ?? { all: 0, certain: 0, uncertain: 0, border: 0 }) : null,
      particles: isSegmented ? countedIn(tile.id) : null,
      leftOut: leftOut.get(tile.file.contentHash) ?? null,
    };
  }
}
