import type { TilePieces } from '../../../api/particle.ts';
import { inTile, type Layout, type Place } from './places.ts';

/** A piece of a tile, ready to be drawn and to be hit. */
export interface Piece {
  readonly number: number;
  readonly certain: boolean;
  readonly areaUm2: number;
  /** Closed parts of its outline: x, y of one corner after the other, in pixels of its tile; none where none is kept. */
  readonly parts: readonly Float32Array[];
  /** Left, top, width, height. */
  readonly boxPx: readonly [number, number, number, number];
}

/** What a tile of the picture shows. */
export interface PiecesOfPlace {
  readonly place: Place;
  readonly pieces: readonly Piece[];
}

/** Outlines as the server sends them, by the places where they are drawn; tiles without a place are left out. */
export function piecesByPlace(tiles: readonly TilePieces[], layout: Layout): PiecesOfPlace[] {
  return tiles.flatMap(({ contentHash, pieces }) => {
    const place = layout.of(contentHash);
    if (!place) return [];
    const ready = pieces.map(({ number, certain, areaUm2, outlinePx, boxPx }) => ({
      ...{ number, certain, areaUm2, boxPx },
      parts: (outlinePx ?? []).map((part) => Float32Array.from(part)),
    }));
    return [{ place, pieces: ready }];
  });
}

/**
 * The outline with fewer corners: each at least `stepPx` from the one before it. An outline has at least three, so that it
 * keeps its place and size when it is drawn small.
 */
export function withFewerCorners(part: Float32Array, stepPx: number): Float32Array {
  if (stepPx <= 0 || part.length <= 6) return part;
  const kept: number[] = [part[0]!, part[1]!];
  for (let i = 2; i < part.length; i += 2) {
    const [dx, dy] = [part[i]! - kept.at(-2)!, part[i + 1]! - kept.at(-1)!];
    if (dx * dx + dy * dy >= stepPx * stepPx) kept.push(part[i]!, part[i + 1]!);
  }
  if (kept.length >= 6) return Float32Array.from(kept);
  const third = 2 * Math.floor(part.length / 6);
  return Float32Array.from([0, third, 2 * third].flatMap((at) => [part[at]!, part[at + 1]!]));
}

/** How outlines are drawn at a scale: as dots, or with corners at least so far apart. */
export type Detail = { readonly kind: 'dots' } | { readonly kind: 'outlines'; readonly stepPx: number };

/** Steps that are built once each, coarsest first, in pixels of the tile. */
const STEPS_PX = [24, 8, 3, 0] as const;
/** Corners closer than this on the screen cannot be told apart. */
const CORNER_SCREEN_PX = 1.5;
/** A typical outline that is no larger than this on the screen is a dot. */
const DOT_SCREEN_PX = 3;

/**
 * How much of the outlines can be seen.
 * @param scale pixels on the screen for one of a tile
 * @param typicalPx the median side of a piece, in pixels of its tile
 */
export function detailAt(scale: number, typicalPx: number): Detail {
  if (typicalPx * scale <= DOT_SCREEN_PX) return { kind: 'dots' };
  const stepPx = STEPS_PX.find((step) => step * scale <= CORNER_SCREEN_PX) ?? 0;
  return { kind: 'outlines', stepPx };
}

/** The median of the pieces' longer sides; 0 without pieces. */
export function typicalSidePx(places: readonly PiecesOfPlace[]): number {
  const sides = places.flatMap(({ pieces }) => pieces.map(({ boxPx }) => Math.max(boxPx[2], boxPx[3])));
  return sides.sort((a, b) => a - b)[Math.floor(sides.length / 2)] ?? 0;
}

export interface Hit {
  readonly place: Place;
  readonly piece: Piece;
}

/**
 * What lies at a point of the grid: of pieces around it the smallest, so that one inside another can be had; else the nearest
 * whose box comes within `reachPx`, as small ones are hard to point at.
 */
export function pieceAt(
  { place, pieces }: PiecesOfPlace,
  point: { readonly x: number; readonly y: number },
  reachPx: number,
  isShown: (piece: Piece) => boolean = () => true,
): Hit | null {
  const [x, y] = inTile(place.matrix, point.x, point.y);
  let best: Piece | null = null;
  let nearest: Piece | null = null;
  let distance = reachPx;
  for (const piece of pieces) {
    if (!isShown(piece)) continue;
    const away = distanceToBox(piece.boxPx, x, y);
    if (away === 0 && surrounds(piece, x, y) && (!best || piece.areaUm2 < best.areaUm2)) best = piece;
    if (away <= distance) {
      distance = away;
      nearest = piece;
    }
  }
  const piece = best ?? nearest;
  return piece && { place, piece };
}

function distanceToBox([left, top, width, height]: Piece['boxPx'], x: number, y: number): number {
  const dx = Math.max(left - x, 0, x - left - width);
  const dy = Math.max(top - y, 0, y - top - height);
  return Math.hypot(dx, dy);
}

/** By the even-odd rule over all parts, so that a hole is not inside; by its box where no outline is kept. */
function surrounds({ parts }: Piece, x: number, y: number): boolean {
  if (parts.length === 0) return true;
  let isInside = false;
  for (const part of parts) {
    for (let i = 0, j = part.length - 2; i < part.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [part[i]!, part[i + 1]!, part[j]!, part[j + 1]!];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
    }
  }
  return isInside;
}
