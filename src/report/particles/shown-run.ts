import { basename } from 'node:path';
import type { Particle } from '../../measure/particle.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import type { TileColumns } from '../../store/tile-columns.ts';
import { tileStem } from '../sample/sample-files.ts';
import type { SampleSummary } from '../sample/sample-summary.ts';
import {
  type CountedParticle,
  type CountedRun,
  countedRun,
  type MeasuredRun,
} from '../tables/counted-run.ts';

/** A segmented tile, which has a page of its own. */
export interface ShownTile {
  readonly tile: StoredTile;
  readonly columns: TileColumns;
  /** Name of its file. */
  readonly file: string;
  /** What the files about it are called, without their extension. */
  readonly stem: string;
  /** Without the data bar. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelSizeUm: number;
}

/** A run as its pages show it: what was counted, and where each piece of it lies. */
export interface ShownRun {
  readonly summary: SampleSummary;
  /** By id, in the order in which they were seen. */
  readonly tiles: ReadonlyMap<number, ShownTile>;
  /** Those that a filter lets out too: their places are their numbers. */
  readonly particles: readonly CountedParticle[];
  /** Those that count, by the diameter that the statistics are of, the smallest first. */
  readonly counting: readonly CountedParticle[];
  readonly fateOf: CountedRun['fateOf'];
}

/** What one tile shows of a particle. */
export interface ShownPiece {
  readonly tile: ShownTile;
  /** As in `pieces`. */
  readonly number: number;
  /** Place in the tile's columns. */
  readonly index: number;
}

export function shownRun(record: MeasuredRun): ShownRun {
  const counted = countedRun(record);
  const byId = new Map(record.tiles.map((tile) => [tile.id, tile]));
  const tiles = record.columns.flatMap((columns) => {
    const tile = byId.get(columns.tileId);
    return tile ? [[tile.id, shownTile(tile, columns)] as const] : [];
  });
  const particles = [...counted.particles()];
  return {
    ...{ summary: record.summary, tiles: new Map(tiles), particles },
    counting: particles
      .filter(({ passesFilter }) => passesFilter)
      .sort((one, other) => one.diameterUm - other.diameterUm),
    fateOf: counted.fateOf,
  };
}

/** The pieces of a particle, the largest first. */
export function piecesOf({ tiles }: ShownRun, { pieces }: CountedParticle): ShownPiece[] {
  return pieces.flatMap(({ tile, number, index }) => {
    const shown = tiles.get(tile.tileId);
    return shown ? [{ tile: shown, number, index }] : [];
  });
}

/** Where a piece is shown, from the folder of the sample. */
export function pieceHref({ tile, number }: Pick<ShownPiece, 'tile' | 'number'>): string {
  return `${tileHref(tile)}#p${number}`;
}

/** The page of a tile, from the folder of the sample. */
export function tileHref({ stem }: ShownTile): string {
  return `tiles/${encodeURIComponent(stem)}.html`;
}

/** A piece's box in its tile, in pixels. */
export function boxPxOf({ tile, index }: Pick<ShownPiece, 'tile' | 'index'>): Particle['boxPx'] {
  const { columns, pixelSizeUm } = tile;
  const { stagePositionUm, fieldUm } = columns;
  const inPx = (um: number): number => Math.round(um / pixelSizeUm);
  const bottomUm = columns.boxBottomUm[index]! + columns.boxHeightUm[index]!;
  return [
    inPx(columns.boxLeftUm[index]! - (stagePositionUm.x - fieldUm.width / 2)),
    inPx(stagePositionUm.y + fieldUm.height / 2 - bottomUm),
    inPx(columns.boxWidthUm[index]!),
    inPx(columns.boxHeightUm[index]!),
  ];
}

function shownTile(tile: StoredTile, columns: TileColumns): ShownTile {
  const { path, contentHash, widthPx, heightPx } = tile.file;
  return {
    ...{ tile, columns, widthPx },
    file: basename(path),
    stem: tileStem(path, contentHash),
    heightPx: heightPx - tile.metadata.databarHeightPx,
    pixelSizeUm: tile.fieldUm.width / widthPx,
  };
}
