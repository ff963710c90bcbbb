import { basename } from 'node:path';
import type { StoredTile } from '../../store/stored-tile.ts';
import { type CsvColumn, rounded } from '../csv.ts';
import type { ParticleTally, TileCount } from './particle-tally.ts';
import type { SampleSummary } from './sample-summary.ts';

/** `tiles.csv`: one line a tile, with each figure of image quality that any of them has. */
export function tileColumns(
  tiles: readonly StoredTile[],
  { counts }: ParticleTally,
  { imaging }: Pick<SampleSummary, 'imaging'>,
): CsvColumn<StoredTile>[] {
  const leftOut = new Map(imaging.tiles.map((tile) => [tile.contentHash, tile]));
  const qualities = [...new Set(tiles.flatMap(({ quality }) => Object.keys(quality ?? {})))];
  const count = (name: keyof TileCount): CsvColumn<StoredTile> => [
    `particles${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    ({ id, state }) => (state === 'segmented' ? (counts.get(id)?.[name] ?? 0) : null),
  ];
  return [
    ['file', ({ file }) => basename(file.path)],
    ['row', ({ site }) => site?.row ?? null],
    ['column', ({ site }) => site?.column ?? null],
    ['stageXUm', ({ metadata }) => rounded(metadata.stagePositionUm.x)],
    ['stageYUm', ({ metadata }) => rounded(metadata.stagePositionUm.y)],
    ['acquiredAt', ({ metadata }) => metadata.acquiredAt],
    ['state', ({ state }) => state],
    ['reason', ({ state, reason }) => (state === 'failed' ? reason : null)],
    ...(['all', 'certain', 'uncertain', 'border'] as const).map(count),
    ...qualities.map(
      (name): CsvColumn<StoredTile> => [
        name,
        ({ quality }) => {
          const value = quality?.[name];
          return value === null || value === undefined ? null : rounded(value);
        },
      ],
    ),
    ['looks', ({ sight }) => sight?.looks ?? null],
    ['limitReached', ({ sight }) => sight?.limitsReached.join(' ') ?? null],
    ['leftOut', ({ file }) => leftOut.has(file.contentHash)],
    ['leftOutCauses', ({ file }) => leftOut.get(file.contentHash)?.causes.join(' ') ?? null],
    ['leftOutReason', ({ file }) => leftOut.get(file.contentHash)?.reason ?? null],
    ['contentHash', ({ file }) => file.contentHash],
  ];
}
