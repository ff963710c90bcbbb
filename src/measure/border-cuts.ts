import type { TileSide } from '../grid/placed-cut.ts';
import type { Mask } from './mask.ts';

/** A chord along which the tile's border cuts a particle. */
export interface BorderCut {
  readonly side: TileSide;
  /** First and last pixel of the chord: rows along left and right, columns along top and bottom. */
  readonly fromPx: number;
  readonly toPx: number;
}

/**
 * Where the tile's border cuts a mask: one entry for each stretch of its pixels in the tile's first and last
 * column and row, so a particle that leaves the tile twice over one side has two. Empty when it is whole.
 */
export function borderCuts(
  mask: Mask,
  tile: { readonly widthPx: number; readonly heightPx: number },
): BorderCut[] {
  return [
    ...chordsInColumn(mask, 0, 'left'),
    ...chordsInColumn(mask, tile.widthPx - 1, 'right'),
    ...chordsInRow(mask, 0, 'top'),
    ...chordsInRow(mask, tile.heightPx - 1, 'bottom'),
  ];
}

function chordsInColumn(mask: Mask, tileColumn: number, side: TileSide): BorderCut[] {
  const column = tileColumn - mask.x;
  if (column < 0 || column >= mask.width) return [];
  return chords(side, mask.y, mask.height, (row) => mask.bits[row * mask.width + column]);
}

function chordsInRow(mask: Mask, tileRow: number, side: TileSide): BorderCut[] {
  const row = tileRow - mask.y;
  if (row < 0 || row >= mask.height) return [];
  return chords(side, mask.x, mask.width, (column) => mask.bits[row * mask.width + column]);
}

function chords(
  side: TileSide,
  firstPx: number,
  length: number,
  bitAt: (place: number) => number | undefined,
): BorderCut[] {
  const found: BorderCut[] = [];
  for (let place = 0; place < length; place++) {
    if (bitAt(place) !== 1) continue;
    const from = place;
    while (bitAt(place + 1) === 1 && place + 1 < length) place++;
    found.push({ side, fromPx: firstPx + from, toPx: firstPx + place });
  }
  return found;
}
