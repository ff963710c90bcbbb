import { type PlacedField, sharedRegions } from './tile-overlap.ts';

/** Where two neighbouring tiles meet: side by side ('x' leads across the seam) or one above the other ('y'). */
export interface Seam {
  readonly across: 'x' | 'y';
  /** Index of the left or the upper tile. */
  readonly first: number;
  /** Index of the right or the lower tile. */
  readonly second: number;
  /** How far the two overlap across the seam; below 0 where they leave a gap. */
  readonly overlapUm: number;
  /** The stretch along the seam that both tiles reach: stage y where x leads across, else stage x. */
  readonly fromUm: number;
  readonly toUm: number;
}

/** Four tiles around a corner, and how far they overlap there. */
export interface SeamBlock {
  readonly overlapXUm: number;
  readonly overlapYUm: number;
}

/** A gap up to this share of the field's side is the stage's inexactness: the tiles are taken to touch. */
const GAP_MAX_SHARE = 0.01;
/** Centres nearer than this share of the field along both axes are one place, imaged twice. */
const SAME_PLACE_SHARE = 0.1;

/**
 * The seams between neighbours that overlap or touch: to each side of a tile the nearest one, not more than half as
 * far along the seam as across it, in fields. Only `distinctTiles` have seams.
 */
export function seamsOf(tiles: readonly PlacedField[]): Seam[] {
  const distinct = distinctTiles(tiles);
  const near = sharedRegions(distinct.map((index) => scaled(tiles[index]!, 1 + GAP_MAX_SHARE)));
  const seams = near.flatMap(({ first, second }) => {
    const seam = seamBetween(tiles, distinct[first]!, distinct[second]!);
    return seam ? [seam] : [];
  });
  // Neighbours overlap most, so where the next but one overlaps too, it comes later.
  const taken = new Set<string>();
  return seams
    .toSorted((a, b) => b.overlapUm - a.overlapUm)
    .filter(({ across, first, second }) => {
      const ends = [`${across} after ${first}`, `${across} before ${second}`];
      const isNearest = ends.every((end) => !taken.has(end));
      if (isNearest) for (const end of ends) taken.add(end);
      return isNearest;
    });
}

/** The tiles, without those that show the same place as an earlier one, as after an image was taken again. */
export function distinctTiles(tiles: readonly PlacedField[]): number[] {
  const dropped = new Set<number>();
  const near = sharedRegions(tiles.map((tile) => scaled(tile, SAME_PLACE_SHARE)));
  for (const { first, second } of near.toSorted((a, b) => a.first - b.first)) {
    if (!dropped.has(first)) dropped.add(second);
  }
  return [...tiles.keys()].filter((index) => !dropped.has(index));
}

/** The corners at which all four tiles are there. */
export function blocksOf(seams: readonly Seam[]): SeamBlock[] {
  const right = new Map<number, Seam>();
  const below = new Map<number, Seam>();
  for (const seam of seams) (seam.across === 'x' ? right : below).set(seam.first, seam);
  return [...right.values()].flatMap((top) => {
    const left = below.get(top.first);
    const other = below.get(top.second);
    const bottom = left && right.get(left.second);
    if (!left || !other || bottom?.second !== other.second) return [];
    return {
      overlapXUm: (top.overlapUm + bottom.overlapUm) / 2,
      overlapYUm: (left.overlapUm + other.overlapUm) / 2,
    };
  });
}

function scaled({ stagePositionUm, fieldUm: { width, height } }: PlacedField, factor: number): PlacedField {
  return { stagePositionUm, fieldUm: { width: factor * width, height: factor * height } };
}

function seamBetween(tiles: readonly PlacedField[], one: number, other: number): Seam | null {
  const [a, b] = [tiles[one]!, tiles[other]!];
  const x = along(a.stagePositionUm.x, a.fieldUm.width, b.stagePositionUm.x, b.fieldUm.width);
  const y = along(a.stagePositionUm.y, a.fieldUm.height, b.stagePositionUm.y, b.fieldUm.height);
  if (Math.abs(y.steps) < Math.abs(x.steps) / 2) {
    const [first, second] = x.steps > 0 ? [one, other] : [other, one];
    return { across: 'x', first, second, overlapUm: x.overlapUm, fromUm: y.fromUm, toUm: y.toUm };
  }
  if (Math.abs(x.steps) < Math.abs(y.steps) / 2) {
    const [first, second] = y.steps < 0 ? [one, other] : [other, one];
    return { across: 'y', first, second, overlapUm: y.overlapUm, fromUm: x.fromUm, toUm: x.toUm };
  }
  return null;
}

/** What two fields share along one axis, and the way from one to the other in fields. */
function along(centre: number, size: number, otherCentre: number, otherSize: number) {
  const fromUm = Math.max(centre - size / 2, otherCentre - otherSize / 2);
  const toUm = Math.min(centre + size / 2, otherCentre + otherSize / 2);
  return { fromUm, toUm, overlapUm: toUm - fromUm, steps: (2 * (otherCentre - centre)) / (size + otherSize) };
}
