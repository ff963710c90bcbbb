import type { PlacedField } from './tile-overlap.ts';
import { blocksOf, distinctTiles, seamsOf } from './tile-seams.ts';

/** The area of the positions at which a particle with a box of this width and height is measured whole. */
export type SamplingWindow = (boxWidthUm: number, boxHeightUm: number) => number;

/**
 * The largest weight that a particle gets. A particle nearly as large as its field is hardly ever seen whole, and
 * the one that is would outweigh all others; from a tenth of the whole area downwards the weight stays at 10, which
 * leaves the largest particles under-represented.
 */
const WEIGHT_MAX = 10;

/**
 * Positions at which at least one tile shows a box of a x b whole: the union of the fields, each eroded to
 * (W - a)(H - b). Eroded fields share what the eroded overlap is, so with an overlap of o across a seam of length s
 * and of p x q at a corner of four tiles
 *
 *   sum (W - a)(H - b) - sum (o - a)(s - b) - sum (s - a)(o - b) + sum (p - a)(q - b),  no factor below 0,
 *
 * over tiles, seams between left and right, seams between upper and lower, corners. Without overlap this is
 * n (W - a)(H - b), the frame of Miles (1978) and Lantuejoul (1980).
 *
 * Exact on a full lattice, and on one with tiles missing while no two tiles but neighbours and those around a common
 * corner overlap; two that stand at a corner diagonally and alone count their share of at most p q twice. Where two
 * tiles stray by d from each other, a corner is off by about d (p + q).
 */
export function wholeWindow(tiles: readonly PlacedField[]): SamplingWindow {
  const { fields, seams, blocks } = layoutOf(tiles);
  return (a, b) => {
    let area = 0;
    for (const { width, height } of fields) area += over(width, a) * over(height, b);
    for (const { across, overlapUm, lengthUm } of seams) {
      area -=
        across === 'x' ? over(overlapUm, a) * over(lengthUm, b) : over(lengthUm, a) * over(overlapUm, b);
    }
    for (const { overlapXUm, overlapYUm } of blocks) area += over(overlapXUm, a) * over(overlapYUm, b);
    return area;
  };
}

/**
 * Positions at which the tiles together show a box of a x b whole, its pieces joined: the eroded union of the fields.
 *
 * A box lies across a seam of overlap o, in neither tile alone, at (a - o)(s - b) positions if a > o; if a < o both
 * tiles show it whole at (o - a)(s - b), which the sum over tiles counts twice. Either way the seam adds
 * (a - o)(s - b), and by the same argument in both directions a corner of four tiles adds (a - p)(b - q):
 *
 *   sum (W - a)(H - b) + sum (a - o)(s - b) + sum (s - a)(b - o) + sum (a - p)(b - q)
 *
 * For tiles that touch, with h and v neighbouring pairs and d full 2 x 2 blocks, that is
 * n (W - a)(H - b) + h a (H - b) + v (W - a) b + d a b. Holds for boxes smaller than a field; larger ones count as
 * large as the field. Exact where `wholeWindow` is.
 */
export function joinedWindow(tiles: readonly PlacedField[]): SamplingWindow {
  const { fields, seams, blocks } = layoutOf(tiles);
  const widest = Math.min(...fields.map(({ width }) => width));
  const highest = Math.min(...fields.map(({ height }) => height));
  return (boxWidthUm, boxHeightUm) => {
    const a = Math.min(boxWidthUm, widest);
    const b = Math.min(boxHeightUm, highest);
    let area = 0;
    for (const { width, height } of fields) area += (width - a) * (height - b);
    for (const { across, overlapUm, lengthUm } of seams) {
      area += across === 'x' ? (a - overlapUm) * over(lengthUm, b) : over(lengthUm, a) * (b - overlapUm);
    }
    for (const { overlapXUm, overlapYUm } of blocks) area += (a - overlapXUm) * (b - overlapYUm);
    return Math.max(0, area);
  };
}

/**
 * How many particles one that was measured whole stands for: the inverse of its chance (Horvitz and Thompson 1952),
 * which is its window over the whole area. Near 1 for a small particle, never above 10.
 */
export function borderWeight(window: SamplingWindow): SamplingWeight {
  const wholeUm2 = window(0, 0);
  return (boxWidthUm, boxHeightUm) => {
    const seenUm2 = window(boxWidthUm, boxHeightUm);
    return seenUm2 > wholeUm2 / WEIGHT_MAX ? wholeUm2 / seenUm2 : WEIGHT_MAX;
  };
}

export type SamplingWeight = (boxWidthUm: number, boxHeightUm: number) => number;

function layoutOf(tiles: readonly PlacedField[]) {
  const seams = seamsOf(tiles);
  return {
    fields: distinctTiles(tiles).map((index) => tiles[index]!.fieldUm),
    seams: seams.map(({ across, overlapUm, fromUm, toUm }) => ({
      across,
      overlapUm,
      lengthUm: toUm - fromUm,
    })),
    blocks: blocksOf(seams),
  };
}

function over(length: number, taken: number): number {
  return Math.max(0, length - taken);
}
