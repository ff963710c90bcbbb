import type { StagePositionUm } from '../units.ts';
import type { Piece } from './particle-pieces.ts';
import type { PlacedCut, TileSide } from './placed-cut.ts';
import type { Seam } from './tile-seams.ts';

/** Two pieces of one particle on the two sides of a seam, and the chords in which the borders cut it there. */
export interface SeamMatch {
  readonly seam: Seam;
  readonly pieces: readonly [Piece, Piece];
  readonly cuts: readonly [PlacedCut, PlacedCut];
  /** What both tiles show of it; below 0 what a gap hides. */
  readonly sharedUm2: number;
}

/** Chords of one particle cover each other to more than this share of the shorter one. */
const COVERED_MIN = 0.5;

/**
 * Which pieces on the two sides of a seam belong together: those whose chords cover each other best, each chord
 * once, so that a large particle does not swallow all that lies along it.
 *
 * The tiles share a strip as wide as they overlap. The first tile's border cuts the particle at one side of the strip
 * in a chord c1, the second tile's at the other in c2; in between it is at most as wide as the smaller of the two
 * pieces, h, since both hold the strip. With straight outlines from c1 to h in the middle and on to c2, both show
 * overlap x ((c1 + c2) / 2 + h) / 2, the trapezoid where the overlap is narrow. A gap hides as much, below 0.
 *
 * @param offUm how far the stage puts the second tile off the first.
 */
export function seamMatches(
  seam: Seam,
  firsts: readonly Piece[],
  seconds: readonly Piece[],
  offUm: StagePositionUm,
): SeamMatch[] {
  const isAcrossX = seam.across === 'x';
  const overlapUm = seam.overlapUm + (isAcrossX ? offUm.x : -offUm.y);
  const others = chordsOn(isAcrossX ? 'left' : 'top', seconds, isAcrossX ? -offUm.y : -offUm.x);
  const candidates = chordsOn(isAcrossX ? 'right' : 'bottom', firsts, 0)
    .flatMap((one) => others.map((other) => ({ one, other, ...coverOf(one, other) })))
    .filter(({ ofShorter }) => ofShorter > COVERED_MIN)
    .toSorted((a, b) => b.ofLonger - a.ofLonger);
  const taken = new Set<Chord>();
  return candidates.flatMap(({ one, other }) => {
    if (taken.has(one) || taken.has(other)) return [];
    taken.add(one).add(other);
    const chordUm = (lengthOf(one) + lengthOf(other)) / 2;
    const widestUm = Math.min(extentAlong(seam, one.piece), extentAlong(seam, other.piece));
    const atMostUm2 = Math.min(one.piece.areaUm2, other.piece.areaUm2);
    const sharedUm2 = Math.min((overlapUm * (chordUm + widestUm)) / 2, atMostUm2);
    return [{ seam, pieces: [one.piece, other.piece], cuts: [one.cut, other.cut], sharedUm2 }];
  });
}

interface Chord {
  readonly piece: Piece;
  readonly cut: PlacedCut;
  readonly fromUm: number;
  readonly toUm: number;
}

function chordsOn(side: TileSide, pieces: readonly Piece[], moveUm: number): Chord[] {
  return pieces.flatMap((piece) =>
    piece.cuts
      .filter((cut) => cut.side === side)
      .map((cut) => ({ piece, cut, fromUm: cut.fromUm + moveUm, toUm: cut.toUm + moveUm })),
  );
}

function lengthOf({ fromUm, toUm }: Chord): number {
  return toUm - fromUm;
}

/** The stretch that two chords have in common, as shares of the shorter and of the longer one. */
function coverOf(one: Chord, other: Chord): { readonly ofShorter: number; readonly ofLonger: number } {
  const common = Math.min(one.toUm, other.toUm) - Math.max(one.fromUm, other.fromUm);
  return {
    ofShorter: common / Math.min(lengthOf(one), lengthOf(other)),
    ofLonger: common / Math.max(lengthOf(one), lengthOf(other)),
  };
}

function extentAlong(seam: Seam, { box }: Piece): number {
  return seam.across === 'x' ? box.top - box.bottom : box.right - box.left;
}
