import type { StagePositionUm } from '../units.ts';

/** A closed polygon x0, y0, x1, y1, ... in micrometres, counter-clockwise with y up. */
export type Outline = Float64Array;

export interface BoxUm {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The shoelace formula: area = 1/2 sum (x_i y_i+1 - x_i+1 y_i), in um2. */
export function outlineAreaUm2(outline: Outline): number {
  let twice = 0;
  for (let i = 0, last = outline.length - 2; i < outline.length; last = i, i += 2) {
    twice += outline[last]! * outline[i + 1]! - outline[i]! * outline[last + 1]!;
  }
  return twice / 2;
}

/** The area's centroid: 1/(6 area) sum (p_i + p_i+1) (x_i y_i+1 - x_i+1 y_i). */
export function outlineCentroid(outline: Outline): StagePositionUm {
  let x = 0;
  let y = 0;
  for (let i = 0, last = outline.length - 2; i < outline.length; last = i, i += 2) {
    const cross = outline[last]! * outline[i + 1]! - outline[i]! * outline[last + 1]!;
    x += (outline[last]! + outline[i]!) * cross;
    y += (outline[last + 1]! + outline[i + 1]!) * cross;
  }
  const sixAreas = 6 * outlineAreaUm2(outline);
  return { x: x / sixAreas, y: y / sixAreas };
}

export function outlineBox(outline: Outline): BoxUm {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < outline.length; i += 2) {
    left = Math.min(left, outline[i]!);
    right = Math.max(right, outline[i]!);
    bottom = Math.min(bottom, outline[i + 1]!);
    top = Math.max(top, outline[i + 1]!);
  }
  return { left, right, bottom, top };
}

export function movedOutline(outline: Outline, by: StagePositionUm): Outline {
  return outline.map((value, i) => value + (i % 2 === 0 ? by.x : by.y));
}

/** Whether either outline holds a corner of the other; enough for many-cornered, nearly convex outlines. */
export function outlinesOverlap(one: Outline, other: Outline): boolean {
  return holdsCornerOf(one, other) || holdsCornerOf(other, one);
}

function holdsCornerOf(holder: Outline, corners: Outline): boolean {
  const box = outlineBox(holder);
  for (let i = 0; i < corners.length; i += 2) {
    const x = corners[i]!;
    const y = corners[i + 1]!;
    const inBox = x >= box.left && x <= box.right && y >= box.bottom && y <= box.top;
    if (inBox && outlineHolds(holder, x, y)) return true;
  }
  return false;
}

/** Even-odd rule: a ray to the right crosses the outline an odd number of times. */
export function outlineHolds(outline: Outline, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, last = outline.length - 2; i < outline.length; last = i, i += 2) {
    const [x0, y0, x1, y1] = [outline[last]!, outline[last + 1]!, outline[i]!, outline[i + 1]!];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}
