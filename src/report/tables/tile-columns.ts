import { basename } from 'node:path';
import type { TileQuality } from '../../measure/image-quality.ts';
import { significant } from '../../statistics/numeric/significant.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import { notesOf } from '../../watcher/metadata/tile-notes.ts';
import { tileAcquisitionColumns } from './acquisition-columns.ts';
import { type Column, columnsFor } from './column.ts';
import type { ParticlesOfTile } from './counted-run.ts';
import { type RunOfRow, runColumns } from './run-columns.ts';

/** Pieces of one tile by kind. */
export interface TileCount {
  all: number;
  certain: number;
  uncertain: number;
  border: number;
}

export interface TileRow {
  readonly of: RunOfRow;
  readonly tile: StoredTile;
  /** Null where it is not segmented. */
  readonly pieces: TileCount | null;
  readonly particles: ParticlesOfTile | null;
  readonly leftOut: { readonly causes: readonly string[]; readonly reason: string } | null;
}

/** `tiles`: one row a tile that counts or would if it had not failed. */
export const tileColumns: readonly Column<TileRow>[] = [
  ...columnsFor(runColumns, ({ of }: TileRow) => of),
  text('tile', "name of the tile's file", 'the export folder', ({ tile }) => basename(tile.file.path)),
  count(
    'row',
    'row in the grid, 0 is the highest stage y',
    'lattice of the stage positions',
    ({ tile }) => tile.site?.row ?? null,
  ),
  count(
    'column',
    'column in the grid, 0 is the lowest stage x',
    'lattice of the stage positions',
    ({ tile }) => tile.site?.column ?? null,
  ),
  measured(
    'stageXUm',
    'um',
    "the tile's centre on the sample stage, to the right",
    "the file's metadata",
    ({ tile }) => tile.metadata.stagePositionUm?.x ?? null,
  ),
  measured(
    'stageYUm',
    'um',
    "the tile's centre on the sample stage, up",
    "the file's metadata",
    ({ tile }) => tile.metadata.stagePositionUm?.y ?? null,
  ),
  measured(
    'pixelSizeNm',
    'nm',
    'side of a pixel; all sizes rest on it',
    "the file's metadata",
    ({ tile }) => tile.metadata.pixelSizeNm,
  ),
  ...columnsFor(tileAcquisitionColumns, ({ tile }: TileRow) => tile.metadata),
  text(
    'pixelSizeSource',
    '`file`: the image says so; `stated`: a sidecar or the configuration does',
    'the file',
    ({ tile }) => tile.metadata.pixelSizeSource ?? 'file',
  ),
  text(
    'notes',
    'what is to be known of the file, as in messages of tiles; empty where nothing is',
    'the file',
    ({ tile }) => notesOf(tile.metadata).join(' ') || null,
  ),
  text(
    'acquiredAtLocal',
    'time of acquisition by the clock of the microscope, which names no zone; empty where it wrote none',
    "the file's metadata",
    ({ tile }) => tile.metadata.acquiredAt || null,
  ),
  time(
    'fileModifiedAt',
    'when the file was last written, UTC',
    'the file system',
    ({ tile }) => new Date(Math.round(tile.file.modifiedAtMs)),
  ),
  time(
    'seenAt',
    'when particled found it, UTC',
    'the clock of the computer',
    ({ tile }) => new Date(Math.round(tile.seenAtMs)),
  ),
  text('state', '`segmented`, `failed` (given up) or `seen` (waits)', 'particled', ({ tile }) => tile.state),
  text('reason', 'why it was given up; empty otherwise', 'particled', ({ tile }) =>
    tile.state === 'failed' ? tile.reason : null,
  ),
  count(
    'piecesAll',
    'rows of `pieces`; empty where not segmented',
    'the network',
    ({ pieces }) => pieces?.all ?? null,
  ),
  count('piecesCertain', 'certain ones among them', 'the network', ({ pieces }) => pieces?.certain ?? null),
  count(
    'piecesUncertain',
    'uncertain ones among them',
    'the network',
    ({ pieces }) => pieces?.uncertain ?? null,
  ),
  count(
    'piecesAtBorder',
    'those among them that reach the border of the tile',
    'the network',
    ({ pieces }) => pieces?.border ?? null,
  ),
  count(
    'particlesCounted',
    'rows of `particles` that count and whose largest piece it shows',
    'joining in measurement.md',
    ({ particles }) => particles?.counted ?? null,
  ),
  count(
    'particlesFilteredOut',
    'those that do not count, as they do not pass the filter',
    'joining in measurement.md',
    ({ particles }) => particles?.filteredOut ?? null,
  ),
  quality('greyMean', 'grey', 'mean grey value'),
  quality('greyStandardDeviation', 'grey', 'standard deviation of the grey values'),
  quality('greyP10', 'grey', 'grey value that 10 % of the pixels do not exceed'),
  quality('greyP90', 'grey', 'grey value that 90 % of the pixels do not exceed'),
  quality('blackShare', '1', 'share of the pixels that are 0'),
  quality('whiteShare', '1', 'share of the pixels that are 255'),
  quality('saturatedShare', '1', 'both together'),
  quality('edgeBlurPx', 'px', 'softness of edges, as the standard deviation of a Gaussian'),
  quality(
    'rowFlickerGrey',
    'grey',
    "standard deviation of a row's brightness against its neighbours: charging",
  ),
  quality('rowJitterPx', 'px', "standard deviation of a row's sideways shift against its neighbours: drift"),
  count(
    'looks',
    'how many times the network was asked: once of the whole tile, more of it enlarged, in parts, or from farther off',
    'the network',
    ({ tile }) => tile.sight?.looks ?? null,
  ),
  text(
    'limitReached',
    'limits of the network at which particles may have been left out',
    'the network',
    ({ tile }) => tile.sight?.limitsReached.join(' ') || null,
  ),
  {
    ...{ name: 'leftOut', kind: 'truth', unit: '' },
    description: 'its imaging is not good enough: nothing of it is counted',
    source: 'measurement.md',
    value: ({ leftOut }) => leftOut !== null,
  },
  text(
    'leftOutCauses',
    '`blurred`, `charged`, `saturated`, `drifted`',
    'measurement.md',
    ({ leftOut }) => leftOut?.causes.join(' ') ?? null,
  ),
  text(
    'leftOutReason',
    "each cause's value and limit",
    'measurement.md',
    ({ leftOut }) => leftOut?.reason ?? null,
  ),
  text(
    'contentHash',
    'SHA-256 of the file: the identity of the tile',
    'the file',
    ({ tile }) => tile.file.contentHash,
  ),
];

type Value<Cell> = (row: TileRow) => Cell | null;

function text(name: string, description: string, source: string, value: Value<string>): Column<TileRow> {
  return { name, kind: 'text', unit: '', description, source, value };
}

function count(name: string, description: string, source: string, value: Value<number>): Column<TileRow> {
  return { name, kind: 'count', unit: '1', description, source, value };
}

function time(name: string, description: string, source: string, value: Value<Date>): Column<TileRow> {
  return { name, kind: 'time', unit: '', description, source, value };
}

function measured(
  name: string,
  unit: string,
  description: string,
  source: string,
  of: Value<number>,
): Column<TileRow> {
  const value = (row: TileRow) => {
    const figure = of(row);
    return figure === null ? null : significant(figure, 9);
  };
  return { name, kind: 'number', unit, description, source, value };
}

function quality(name: keyof TileQuality, unit: string, description: string): Column<TileRow> {
  const value = ({ tile }: TileRow) => {
    const figure = tile.quality?.[name];
    return figure === null || figure === undefined ? null : significant(figure, 6);
  };
  return { name, kind: 'number', unit, description, source: 'the pixels; measurement.md', value };
}
