import type { Outline } from '../../measure/correction.ts';
import { type OutlineSpans, outlineIou, outlineSpans } from './outline-overlap.ts';

/** From this intersection over union on two pieces are the same particle, as everywhere where matches are counted. */
const IOU_LEAST = 0.5;

/** Where a piece lies in its tile. */
export interface PlacedPiece {
  /** First column and row, width, height. */
  readonly boxPx: readonly [x: number, y: number, width: number, height: number];
  /** Null where none was kept. */
  readonly outlinePx: Outline | null;
}

export type MatchedBy = 'outlines' | 'boxes';

/** Which pieces of one tile two models found both, by their places in the lists. */
export interface MatchedPieces {
  readonly pairs: readonly { readonly serving: number; readonly shadow: number; readonly iou: number }[];
  readonly onlyServing: readonly number[];
  readonly onlyShadow: readonly number[];
  /** By boxes where an outline is missing. */
  readonly by: MatchedBy;
}

/** Pairs of pieces that lie over each other by half or more, those that agree best first; each piece is in one at most. */
export function matchedPieces(
  serving: readonly PlacedPiece[],
  shadow: readonly PlacedPiece[],
): MatchedPieces {
  const by = [...serving, ...shadow].every(({ outlinePx }) => outlinePx !== null) ? 'outlines' : 'boxes';
  const iouOf = by === 'outlines' ? byOutlines(serving, shadow) : byBoxes(serving, shadow);
  const candidates = serving
    .flatMap((one, i) =>
      shadow.flatMap((other, k) =>
        boxIou(one.boxPx, other.boxPx) > 0 ? [{ serving: i, shadow: k, iou: iouOf(i, k) }] : [],
      ),
    )
    .filter(({ iou }) => iou >= IOU_LEAST)
    .toSorted((a, b) => b.iou - a.iou || a.serving - b.serving || a.shadow - b.shadow);
  const [paired, pairedShadow] = [new Set<number>(), new Set<number>()];
  const pairs = candidates.filter((pair) => {
    if (paired.has(pair.serving) || pairedShadow.has(pair.shadow)) return false;
    paired.add(pair.serving);
    pairedShadow.add(pair.shadow);
    return true;
  });
  return {
    pairs,
    onlyServing: [...serving.keys()].filter((index) => !paired.has(index)),
    onlyShadow: [...shadow.keys()].filter((index) => !pairedShadow.has(index)),
    by,
  };
}

type IouOf = (serving: number, shadow: number) => number;

function byBoxes(serving: readonly PlacedPiece[], shadow: readonly PlacedPiece[]): IouOf {
  return (i, k) => boxIou(serving[i]!.boxPx, shadow[k]!.boxPx);
}

/** An outline is taken apart once, and only where a box meets another. */
function byOutlines(serving: readonly PlacedPiece[], shadow: readonly PlacedPiece[]): IouOf {
  const known = new Map<PlacedPiece, OutlineSpans>();
  const spansOf = (piece: PlacedPiece): OutlineSpans => {
    const spans = known.get(piece) ?? outlineSpans(piece.outlinePx ?? []);
    known.set(piece, spans);
    return spans;
  };
  return (i, k) => outlineIou(spansOf(serving[i]!), spansOf(shadow[k]!));
}

function boxIou([ax, ay, aw, ah]: PlacedPiece['boxPx'], [bx, by, bw, bh]: PlacedPiece['boxPx']): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (aw * ah + bw * bh - width * height);
}
