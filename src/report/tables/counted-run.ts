import { basename } from 'node:path';
import { readFilter } from '../../config/particle-filter.ts';
import type { PieceName } from '../../grid/particle-pieces.ts';
import { uprightTiles } from '../../grid/upright-tiles.ts';
import { diameterEquivalent } from '../../measure/measure-particle.ts';
import { borderCorrected } from '../../statistics/border-correction.ts';
import { passing } from '../../statistics/filtered-particles.ts';
import { measuredDigits } from '../../statistics/numeric/significant.ts';
import { diameterFields } from '../../statistics/published-diameter.ts';
import { shapedParticles } from '../../statistics/shaped-particles.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import type { TileColumns } from '../../store/tile-columns.ts';
import type { SampleSummary } from '../sample/sample-summary.ts';
import { type RunOfRow, runOfRow } from './run-columns.ts';

/** A run as it is counted: its latest summary, and what it was made of. */
export interface MeasuredRun {
  readonly summary: SampleSummary;
  readonly tiles: readonly StoredTile[];
  /** Of the segmented tiles, in the store's order. */
  readonly columns: readonly TileColumns[];
}

/** What one tile shows of a counted particle. */
export interface CountedPiece {
  readonly tile: TileColumns;
  /** Name of the tile's file. */
  readonly file: string;
  /** What it is called; its place in the tile's columns is another one where reviewers corrected the tile. */
  readonly number: number;
  /** Place in the tile's columns. */
  readonly index: number;
}

/** A particle as the statistics count it. */
export interface CountedParticle {
  readonly of: RunOfRow;
  /** Place among the run's counted particles, by size, from 0. */
  readonly number: number;
  readonly areaUm2: number;
  readonly diameterEquivalentUm: number;
  /** That of the published distribution. */
  readonly diameterUm: number;
  /** Whether it counts: it passes the filter, or there is none. */
  readonly passesFilter: boolean;
  readonly weight: number;
  readonly certain: boolean;
  /** How many particles its shape stands for; null where no tile shows it whole. */
  readonly weightOfShape: number | null;
  /** The largest first. */
  readonly pieces: readonly CountedPiece[];
}

/** What became of a piece. */
export type Fate =
  | { readonly particle: number; readonly because: 'filtered out' | null }
  | { readonly particle: null; readonly because: 'tile left out' | 'seen twice' | 'cut by a border' };

export interface CountedRun {
  /** By size, the smallest first. */
  particles(): Generator<CountedParticle>;
  /** What became of what a tile shows. */
  fateOf(tileId: number, number: number): Fate;
  /** Of a tile: the particles whose largest piece it shows. */
  countedIn(tileId: number): ParticlesOfTile;
}

export interface ParticlesOfTile {
  /** Those that count. */
  readonly counted: number;
  readonly filteredOut: number;
}

/** Counts the particles of a run as its summary did: the same tiles, the same way of treating borders, the same filter. */
export function countedRun({ summary, tiles, columns }: MeasuredRun): CountedRun {
  const { border, diameter = 'area', filter } = summary.statistics;
  const leftOut = new Set(summary.imaging.tiles.map(({ contentHash }) => contentHash));
  const files = new Map(tiles.map(({ id, file }) => [id, file]));
  const good = columns.filter(({ tileId }) => !leftOut.has(files.get(tileId)?.contentHash ?? ''));
  const { tiles: upright } = uprightTiles(good);
  const counted = borderCorrected(upright, border.method);
  const { particles: sizes, pieces, duplicates } = counted;
  const passes = filter ? passing(upright, counted, readFilter(filter.expression)) : null;
  const { areaUm2, weight, certain } = sizes;
  const bySize = Uint32Array.from(areaUm2.keys()).sort((a, b) => areaUm2[a]! - areaUm2[b]!);
  const of = runOfRow(summary);
  const tileAt = new Map(good.map(({ tileId }, at) => [tileId, at]));
  const indexOf = good.map(({ numbers }) => new Map(Array.from(numbers, (number, index) => [number, index])));
  const { countedAs, perTile } = placesOf(good, bySize, pieces, passes);

  const ofShape = new Map(
    shapedParticles(upright, border.method, duplicates).map(({ tile, index, weight: one }) => [
      `${tile} ${index}`,
      one,
    ]),
  );

  function pieceOf({ tile, index }: PieceName): CountedPiece {
    const shown = good[tile]!;
    return {
      tile: shown,
      file: basename(files.get(shown.tileId)?.path ?? ''),
      number: shown.numbers[index]!,
      index,
    };
  }

  return {
    *particles() {
      for (const [number, place] of bySize.entries()) {
        const area = areaUm2[place]!;
        const diameterEquivalentUm = measuredDigits(diameterEquivalent(area));
        const largest = pieces[place]![0]!;
        yield {
          ...{ of, number, areaUm2: area, diameterEquivalentUm },
          // Where it is a Feret diameter, all counted particles are whole.
          diameterUm:
            diameter === 'area'
              ? diameterEquivalentUm
              : measuredDigits(good[largest.tile]![diameterFields[diameter]][largest.index]!),
          passesFilter: passes === null || passes[place] === 1,
          weight: weight[place]!,
          certain: certain[place] === 1,
          weightOfShape: ofShape.get(`${largest.tile} ${largest.index}`) ?? null,
          pieces: pieces[place]!.map(pieceOf),
        };
      }
    },
    fateOf(tileId, number) {
      const at = tileAt.get(tileId);
      if (at === undefined) return { particle: null, because: 'tile left out' };
      const index = indexOf[at]?.get(number) ?? -1;
      const particle = countedAs[at]?.[index] ?? -1;
      if (particle >= 0) {
        const counts = passes === null || passes[bySize[particle]!] === 1;
        return { particle, because: counts ? null : 'filtered out' };
      }
      const because = duplicates[at]?.[index] === 1 ? 'seen twice' : 'cut by a border';
      return { particle: null, because };
    },
    countedIn: (tileId) => perTile[tileAt.get(tileId) ?? -1] ?? { counted: 0, filteredOut: 0 },
  };
}

/** Of each tile's pieces the number of the particle that they are part of, -1 for none; and particles by largest piece. */
function placesOf(
  good: readonly TileColumns[],
  bySize: Uint32Array,
  pieces: readonly (readonly PieceName[])[],
  passes: Uint8Array | null,
): { readonly countedAs: readonly Int32Array[]; readonly perTile: readonly ParticlesOfTile[] } {
  const countedAs = good.map((tile) => new Int32Array(tile.areaUm2.length).fill(-1));
  const perTile = good.map(() => ({ counted: 0, filteredOut: 0 }));
  for (const [number, place] of bySize.entries()) {
    for (const { tile, index } of pieces[place]!) countedAs[tile]![index] = number;
    const [largest] = pieces[place]!;
    if (largest) perTile[largest.tile]![passes?.[place] === 0 ? 'filteredOut' : 'counted']++;
  }
  return { countedAs, perTile };
}
