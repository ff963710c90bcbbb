import { type BorderRing, PARTS_A_PIXEL, type RingCorner } from './border-rings.ts';
import { CollapsingRing } from './collapsing-ring.ts';
import type { PointPx } from './convex-hull.ts';
import { nearestWithin } from './ring-deviation.ts';

/** How far the border may move, in pixels; between the places that are looked at it may be a little more. */
const MOST_MOVE_PX = 0.65;
/** By how much the area may differ on the way, in square pixels, and as a share of the whole. */
const AREA_SLACK_PX2 = 0.1;
const AREA_SLACK_SHARE = 0.002;
/** By how much one corner may be moved, in parts of a pixel, to make up for what rounding others has changed. */
const MOST_MAKING_UP = 1;

/** Where corners may lie: the tile, in pixels. */
export interface FramePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The rings with fewer corners, of the same area but for rounding: two neighbouring corners become one, laid so that as much is
 * gained as lost (Kronenfeld, Stanislawski, Buttenfield & Brockmeyer 2020, doi:10.1080/23729333.2019.1631535), where the border
 * moves little and nothing is touched.
 * @returns of each its corners x, y, x, y in eighths of a pixel, at least three
 */
export function simplifiedRings(borders: readonly BorderRing[], frame: FramePx): number[][] {
  const rings = borders.map(({ turns }) => new CollapsingRing(turns));
  for (const [index, border] of borders.entries()) {
    const ring = rings[index]!;
    simplify(
      ring,
      border,
      rings.filter((other) => other !== ring),
      frame,
    );
  }
  return rings.map((ring) => ring.coordinates());
}

function simplify(
  ring: CollapsingRing,
  { passed }: BorderRing,
  others: readonly CollapsingRing[],
  { widthPx, heightPx }: FramePx,
): void {
  const slack = 2 * PARTS_A_PIXEL ** 2 * AREA_SLACK_PX2 + AREA_SLACK_SHARE * ring.twiceArea();
  const isOutside = ({ x, y }: PointPx): boolean =>
    x < 0 || y < 0 || x > widthPx * PARTS_A_PIXEL || y > heightPx * PARTS_A_PIXEL;
  /** Twice the area that the ring has lost so far. */
  let owed = 0;

  /** One corner instead of the two after `first`, where that may be. */
  function collapse(first: number): boolean {
    const second = ring.next[first]!;
    const third = ring.next[second]!;
    const fourth = ring.next[third]!;
    const a = cornerAt(first);
    const b = cornerAt(second);
    const c = cornerAt(third);
    const d = cornerAt(fourth);
    const e = placeBetween(a, b, c, d, owed);
    if (e === null || isOutside(e)) return false;
    const owedThen = owed + twiceArea(a, b, c, d) - twiceArea(a, e, e, d);
    if (Math.abs(owedThen) > slack) return false;
    const at = nearestWithin(MOST_MOVE_PX * PARTS_A_PIXEL, passed, a, e, d, [b.at, c.at]);
    if (at === null || !ring.isFree(first, e, fourth)) return false;
    if (others.some((other) => other.isTouchedBy(a, e, d))) return false;
    ring.replaceTwo(first, e, at);
    owed = owedThen;
    return true;
  }
  const cornerAt = (corner: number): RingCorner => ({
    x: ring.x[corner]!,
    y: ring.y[corner]!,
    at: ring.at[corner]!,
  });

  let corner = ring.first;
  for (let since = 0; since < ring.size && ring.size > 4; corner = ring.next[corner]!) {
    if (ring.tried[corner] === 1) since += 1;
    else if (collapse(corner)) since = 0;
    else ring.tried[corner] = 1;
  }
}

/** Where a corner E leaves the area of A-E-D that of A-B-C-D, plus some of what is owed; rounded. Null where nowhere. */
function placeBetween(a: PointPx, b: PointPx, c: PointPx, d: PointPx, owed: number): PointPx | null {
  const alongX = d.x - a.x;
  const alongY = d.y - a.y;
  const length = Math.hypot(alongX, alongY);
  if (length === 0) return null;
  // Distances from the line through A and D, to the side on which area is won.
  const heightOf = (p: PointPx): number => ((p.x - a.x) * alongY - (p.y - a.y) * alongX) / length;
  const makingUp = Math.min(Math.max(owed / length, -MOST_MAKING_UP), MOST_MAKING_UP);
  const height = twiceArea(a, b, c, d) / length + makingUp;
  const [heightB, heightC] = [heightOf(b), heightOf(c)];
  const isOneSided = heightB * heightC >= 0;
  const isAtB = isOneSided ? Math.abs(heightB) > Math.abs(heightC) : heightB * height > 0;
  const [from, through, heightThrough] = isAtB ? [a, b, heightB] : [d, c, heightC];
  if (Math.abs(height) < 0.5 || heightThrough * height <= 0) {
    return {
      x: Math.round((a.x + d.x) / 2 + (height * alongY) / length),
      y: Math.round((a.y + d.y) / 2 - (height * alongX) / length),
    };
  }
  const share = height / heightThrough;
  return {
    x: Math.round(from.x + share * (through.x - from.x)),
    y: Math.round(from.y + share * (through.y - from.y)),
  };
}

/** Twice the area between A-B-C-D and D-A, positive to the left of the way. */
function twiceArea(a: PointPx, b: PointPx, c: PointPx, d: PointPx): number {
  const ofTriangle = (p: PointPx, q: PointPx): number =>
    (p.x - a.x) * (q.y - a.y) - (q.x - a.x) * (p.y - a.y);
  return ofTriangle(b, c) + ofTriangle(c, d);
}
