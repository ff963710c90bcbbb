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
  return pieces.flatMap(({ tile, number }) => {
    const shown = tiles.get(tile.tileId);
    return shown ? [{ tile: shown, number }] : [];
  });
}

/** Where a piece is shown, from the folder of the sample. */
export function pieceHref({ tile, number }: ShownPiece): string {
  return `${tileHref(tile)}#p${number}`;
}

/** The page of a tile, from the folder of the sample. */
export function tileHref({ stem }: ShownTile): string {
  return `tiles/${encodeURIComponent(stem)}.html`;
}

/** A piece's box in its tile, in pixels. */
export function boxPxOf({ tile, number }: ShownPiece): Particle['boxPx'] {
  const { columns, pixelSizeUm } = tile;
  const { stagePositionUm, fieldUm } = columns;
  const inPx = (um: number): number => Math.round(um / pixelSizeUm);
  const bottomUm = columns.boxBottomUm[number]! + columns.boxHeightUm[number]!;
  return [
    inPx(columns.boxLeftUm[number]! - (stagePositionUm.x - fieldUm.width / 2)),
    inPx(stagePositionUm.y + fieldUm.height / 2 - bottomUm),
    inPx(columns.boxWidthUm[number]!),
    inPx(columns.boxHeightUm[number]!),
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
