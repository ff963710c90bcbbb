import type { StagePositionUm } from '../units.ts';

/** A tile's place: its centre on the stage, and the size of its field. */
export interface PlacedField {
  readonly stagePositionUm: StagePositionUm;
  readonly fieldUm: { readonly width: number; readonly height: number };
}

/** The region that two tiles share. */
export interface SharedRegion {
  /** Index of the earlier tile. */
  readonly first: number;
  /** Index of the later tile. */
  readonly second: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Every two tiles that overlap, by a sweep from left to right; edges that only touch share nothing. */
export function sharedRegions(tiles: readonly PlacedField[]): SharedRegion[] {
  const boxes = tiles
    .map(({ stagePositionUm: { x, y }, fieldUm: { width, height } }, index) => ({
      index,
      left: x - width / 2,
      right: x + width / 2,
      bottom: y - height / 2,
      top: y + height / 2,
    }))
    .toSorted((a, b) => a.left - b.left);
  const regions: SharedRegion[] = [];
  for (const [place, a] of boxes.entries()) {
    for (let next = place + 1; next < boxes.length; next += 1) {
      const b = boxes[next]!;
      if (b.left >= a.right) break;
      const region = {
        first: Math.min(a.index, b.index),
        second: Math.max(a.index, b.index),
        left: b.left,
        right: Math.min(a.right, b.right),
        bottom: Math.max(a.bottom, b.bottom),
        top: Math.min(a.top, b.top),
      };
      if (region.top > region.bottom) regions.push(region);
    }
  }
  return regions;
}
