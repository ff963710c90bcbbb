import type { Candidate, Shared } from '../masks/candidate.ts';
import type { PlacedMask, TileFrame } from '../masks/place-mask.ts';

export interface CutPart {
  readonly part: TileFrame;
  /** What the part's inner borders cut. */
  readonly cut: readonly Candidate[];
}

/** Share of what both show of the strip common to two parts, of all that either shows there, from which two pieces are one. */
const AGREEMENT = 0.5;

/**
 * Pieces of neighbouring parts that agree in the strip which both parts show, joined to one; the others as they are.
 * A joined one is as objective and as certain as its weakest piece.
 */
export function joinedPieces(parts: readonly CutPart[], shared: Shared): Candidate[] {
  const pieces = parts.flatMap(({ part, cut }) => cut.map((piece) => ({ part, piece })));
  const groupOf = pieces.map((_, i) => i);
  for (const [i, a] of pieces.entries()) {
    for (const [j, b] of pieces.entries()) {
      if (j <= i || a.part === b.part) continue;
      const both = shared(a.piece, b.piece);
      if (both === 0) continue;
      const either = pixelsIn(a.piece.mask, b.part) + pixelsIn(b.piece.mask, a.part) - both;
      if (both / either > AGREEMENT) merge(groupOf, groupOf[i]!, groupOf[j]!);
    }
  }
  return [...new Set(groupOf)].map((group) =>
    pieces.filter((_, i) => groupOf[i] === group).reduce<Candidate | null>(joined, null),
  ) as Candidate[];
}

function merge(groupOf: number[], into: number, from: number): void {
  for (const [i, group] of groupOf.entries()) if (group === from) groupOf[i] = into;
}

/** Pixels of a mask that another part shows too. */
function pixelsIn(mask: PlacedMask, { left = 0, top = 0, widthPx, heightPx }: TileFrame): number {
  const [fromX, toX] = [Math.max(mask.x, left), Math.min(mask.x + mask.width, left + widthPx)];
  const [fromY, toY] = [Math.max(mask.y, top), Math.min(mask.y + mask.height, top + heightPx)];
  let pixels = 0;
  for (let y = fromY; y < toY; y++) {
    for (let x = fromX; x < toX; x++) pixels += mask.bits[(y - mask.y) * mask.width + x - mask.x]!;
  }
  return pixels;
}

function joined(a: Candidate | null, { piece: b }: { readonly piece: Candidate }): Candidate {
  if (a === null) return b;
  const weaker = a.objectness < b.objectness ? a : b;
  return {
    ...weaker,
    certain: a.certain && b.certain,
    large: a.large || b.large,
    mask: union(a.mask, b.mask),
  };
}

function union(a: PlacedMask, b: PlacedMask): PlacedMask {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  const bits = new Uint8Array(width * height);
  for (const mask of [a, b]) {
    for (let row = 0; row < mask.height; row++) {
      const start = (mask.y - y + row) * width + mask.x - x;
      for (let column = 0; column < mask.width; column++) {
        bits[start + column]! |= mask.bits[row * mask.width + column]!;
      }
    }
  }
  const areaPx = bits.reduce((sum, bit) => sum + bit, 0);
  return { x, y, width, height, bits, areaPx, cellPx: Math.max(a.cellPx, b.cellPx) };
}
