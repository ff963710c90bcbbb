import type { Detections, NetworkLimit } from '../detections.ts';
import type { TileFrame } from '../masks/place-mask.ts';

/**
 * What the network said of a tile or of a part of it, and of what it was shown enlarged of that: its quarters, or all
 * of it.
 */
export interface Look {
  readonly found: Detections;
  readonly frame: TileFrame;
  /** Empty: nothing of it was looked at more closely. */
  readonly closer: readonly Look[];
}

/** All looks at a tile, the farthest first. */
export interface TileLook extends Look {
  /** Network pixels for one tile pixel where the tile fills the network's input: dust is told by them. */
  readonly fullScale: number;
}

/** A rectangle of tile pixels. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Of the longest side: what neighbouring parts share, so that a particle of this size lies whole in one of them. */
const OVERLAP_SHARE = 1 / 10;

/** The four quarters of what a look shows, each reaching into its neighbours. */
export function quartersOf(frame: TileFrame): Part[] {
  const overlap = overlapOf(frame);
  const [columns, rows] = [halves(frame.widthPx, overlap), halves(frame.heightPx, overlap)];
  return rows.flatMap(([top, heightPx]) =>
    columns.map(([left, widthPx]) => ({
      left: (frame.left ?? 0) + left,
      top: (frame.top ?? 0) + top,
      widthPx,
      heightPx,
    })),
  );
}

/** Tile pixels that neighbouring quarters of a look share. */
export function overlapOf({ widthPx, heightPx }: TileFrame): number {
  return Math.round(Math.max(widthPx, heightPx) * OVERLAP_SHARE);
}

/** Starts and lengths of both halves of a side. */
function halves(side: number, overlap: number): [start: number, length: number][] {
  const length = Math.min(side, Math.ceil((side + overlap) / 2));
  return [
    [0, length],
    [side - length, length],
  ];
}

/** How many times a network was asked. */
export function looksIn(look: Look): number {
  return look.closer.reduce((sum, part) => sum + looksIn(part), 1);
}

/** Limits of the network that were reached where not all was looked at more closely. */
export function limitsReached({ found, frame, closer }: Look): NetworkLimit[] {
  const isReplaced =
    closer.length === quartersOf(frame).length || closer.some((look) => showsAllOf(frame, look));
  const own = isReplaced ? [] : found.limitsReached;
  return [...new Set([...own, ...closer.flatMap(limitsReached)])];
}

function showsAllOf({ widthPx, heightPx }: TileFrame, { frame }: Look): boolean {
  return frame.widthPx === widthPx && frame.heightPx === heightPx;
}
