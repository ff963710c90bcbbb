import { pictureAddress } from '../../shell/api.ts';
import type { Size } from './camera.ts';
import type { Layout } from './places.ts';

/** A picture of the server, and where on a canvas it lies. */
export interface PicturePart extends Size {
  readonly address: string;
  /** By how many quarters it is turned clockwise. */
  readonly turns: number;
  readonly leftPx: number;
  readonly topPx: number;
}

export type TileWidth = Parameters<typeof pictureAddress>[1];

interface Block {
  /** Among the blocks, not the cells. */
  readonly row: number;
  readonly column: number;
  /** On each of its sides. */
  readonly cells: number;
  /** As drawn. */
  readonly cell: Size;
  /** In which the tiles' pictures are asked for. */
  readonly widthPx: TileWidth;
}

/** The tiles' own pictures of a square block of the grid; a cell without a tile is in none. */
export function cellParts(layout: Layout, { row, column, cells, cell, widthPx }: Block): PicturePart[] {
  const parts: PicturePart[] = [];
  for (let down = 0; down < cells; down++) {
    for (let right = 0; right < cells; right++) {
      const tile = layout.at(row * cells + down, column * cells + right)?.tile;
      if (!tile) continue;
      parts.push({
        address: pictureAddress(tile.contentHash, widthPx),
        turns: tile.turns,
        ...{ leftPx: right * cell.widthPx, topPx: down * cell.heightPx, ...cell },
      });
    }
  }
  return parts;
}
