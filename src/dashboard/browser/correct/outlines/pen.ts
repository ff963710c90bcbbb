import type { PointPx } from '../../../../measure/convex-hull.ts';
import type { Outline } from '../../../../measure/correction.ts';
import type { FramePx } from '../../../../measure/simplified-ring.ts';
import { cornersOf } from './outline-area.ts';

/** What is being drawn by keys, or as a line: the corners set so far, and where the next would be. */
export interface Pen {
  readonly corners: readonly PointPx[];
  readonly at: PointPx;
}

/** Moves the cross, within the tile. Pure. */
export function moved(pen: Pen, byX: number, byY: number, tile: FramePx): Pen {
  return { ...pen, at: within({ x: pen.at.x + byX, y: pen.at.y + byY }, tile) };
}

/** Sets a corner where the cross is; not twice at one place. Pure. */
export function cornerSet(pen: Pen): Pen {
  const last = pen.corners.at(-1);
  if (last && last.x === pen.at.x && last.y === pen.at.y) return pen;
  return { ...pen, corners: [...pen.corners, pen.at] };
}

/** Takes back the corner that was set last, and goes there. Pure. */
export function cornerTaken(pen: Pen): Pen {
  return { corners: pen.corners.slice(0, -1), at: pen.corners.at(-1) ?? pen.at };
}

function within({ x, y }: PointPx, { widthPx, heightPx }: FramePx): PointPx {
  return { x: Math.min(widthPx, Math.max(0, x)), y: Math.min(heightPx, Math.max(0, y)) };
}

/** An outline of one part. */
export function outlineOfCorners(corners: readonly PointPx[]): Outline {
  return [corners.flatMap(({ x, y }) => [x, y])];
}

/** All corners kept within the tile, to tenths of a pixel. */
export function trimmedTo(outline: Outline, tile: FramePx): Outline {
  const tenth = (value: number) => Math.round(10 * value) / 10;
  return outline.map((part) =>
    cornersOf(part).flatMap((corner) => {
      const { x, y } = within(corner, tile);
      return [tenth(x), tenth(y)];
    }),
  );
}

/** An outline whose corners are moved by keys: which one is held, counted over all parts. */
export interface Reshaping {
  readonly outlinePx: Outline;
  readonly corner: number;
}

export function cornerCount(outline: Outline): number {
  return outline.reduce((sum, part) => sum + part.length / 2, 0);
}

/** Which part a corner is of, and the place of its x there. */
function placeOf({ outlinePx, corner }: Reshaping): { part: number; at: number } {
  let at = 2 * corner;
  for (const [part, { length }] of outlinePx.entries()) {
    if (at < length) return { part, at };
    at -= length;
  }
  throw new RangeError(`corner ${corner} of ${cornerCount(outlinePx)}`);
}

export function heldCorner(reshaping: Reshaping): PointPx {
  const { part, at } = placeOf(reshaping);
  return { x: reshaping.outlinePx[part]![at]!, y: reshaping.outlinePx[part]![at + 1]! };
}

/** Holds the next corner, or the one before; after the last comes the first. Pure. */
export function nextHeld({ outlinePx, corner }: Reshaping, by: 1 | -1): Reshaping {
  const count = cornerCount(outlinePx);
  return { outlinePx, corner: (corner + by + count) % count };
}

/** Moves the held corner, within the tile. Pure. */
export function heldMoved(reshaping: Reshaping, byX: number, byY: number, tile: FramePx): Reshaping {
  const { x, y } = heldCorner(reshaping);
  const to = within({ x: x + byX, y: y + byY }, tile);
  return replaced(reshaping, 2, [to.x, to.y]);
}

/** Puts a corner halfway to the next one, and holds it. Pure. */
export function cornerAdded(reshaping: Reshaping): Reshaping {
  const { part, at } = placeOf(reshaping);
  const corners = reshaping.outlinePx[part]!;
  const next = (at + 2) % corners.length;
  const [x, y] = [(corners[at]! + corners[next]!) / 2, (corners[at + 1]! + corners[next + 1]!) / 2];
  const added = replaced(reshaping, 2, [corners[at]!, corners[at + 1]!, x, y]);
  return { ...added, corner: reshaping.corner + 1 };
}

/** Without the held corner; an outline of three keeps them. Pure. */
export function cornerRemoved(reshaping: Reshaping): Reshaping {
  const { part } = placeOf(reshaping);
  if (reshaping.outlinePx[part]!.length <= 6) return reshaping;
  const { outlinePx, corner } = replaced(reshaping, 2, []);
  return { outlinePx, corner: Math.min(corner, cornerCount(outlinePx) - 1) };
}

function replaced(reshaping: Reshaping, count: number, by: readonly number[]): Reshaping {
  const { part, at } = placeOf(reshaping);
  const outlinePx = reshaping.outlinePx.map((corners, i) =>
    i === part ? corners.toSpliced(at, count, ...by) : corners,
  );
  return { ...reshaping, outlinePx };
}
