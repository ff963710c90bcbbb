import type { Detections, NetworkLimit } from '../detections.ts';
import type { TileFrame } from '../masks/place-mask.ts';

/** What the network said of a tile or of a part of it, and of that one's parts where it was shown them enlarged. */
export interface Look {
  readonly found: Detections;
  readonly frame: TileFrame;
  /** Empty: nothing of it was looked at more closely. */
  readonly closer: readonly Look[];
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
export function limitsReached(look: Look): NetworkLimit[] {
  const isReplaced = look.closer.length === quartersOf(look.frame).length;
  const own = isReplaced ? [] : look.found.limitsReached;
  return [...new Set([...own, ...look.closer.flatMap(limitsReached)])];
}
