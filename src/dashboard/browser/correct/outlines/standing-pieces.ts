import type { PointPx } from '../../../../measure/convex-hull.ts';
import type { Change, Outline } from '../../../../measure/correction.ts';
import type { Correction } from '../../../api/correction.ts';
import type { TilePieces } from '../../../api/particle.ts';
import { areaPx2, contains } from './outline-area.ts';

/** A piece of the tile as its corrections leave it. */
export interface StandingPiece {
  readonly number: number;
  /** Null where the version that segmented the tile kept none. */
  readonly outlinePx: Outline | null;
  /** What is drawn of it: its outline, or the box around it where there is none. */
  readonly shapePx: Outline;
  readonly areaPx2: number;
  readonly certain: boolean;
  /** The model's; null where a reviewer drew it. */
  readonly confidence: number | null;
  /** That changed it last; null where it is as the model found it. */
  readonly correction: Correction | null;
}

/**
 * The pieces of a tile with all corrections that are neither undone nor stale, by number. What the model found keeps its
 * number; what is drawn, split or merged gets those after it, in the order of the corrections, and an undone one keeps
 * its numbers to itself: as the daemon numbers them (measure/corrected-pieces.ts). Pure.
 */
export function standingPieces({ pieces }: TilePieces, corrections: readonly Correction[]): StandingPiece[] {
  const standing = new Map<number, StandingPiece>();
  for (const { number, outlinePx, boxPx, certain, confidence } of pieces) {
    const shapePx = outlinePx ?? boxOutline(boxPx);
    const area = areaPx2(shapePx);
    standing.set(number, {
      number,
      outlinePx,
      shapePx,
      areaPx2: area,
      certain,
      confidence,
      correction: null,
    });
  }
  let next = pieces.length;
  for (const correction of corrections.toSorted((a, b) => a.id - b.id)) {
    if (correction.stale) continue;
    if (!correction.undone) apply(standing, correction, next);
    next += numbersTaken(correction.change);
  }
  return [...standing.values()].toSorted((a, b) => a.number - b.number);
}

function apply(standing: Map<number, StandingPiece>, correction: Correction, first: number): void {
  const { change } = correction;
  const named = numbersNamed(change).flatMap((number) => standing.get(number) ?? []);
  const certain = named.every((piece) => piece.certain);
  const put = (number: number, outlinePx: Outline, isCertain: boolean) =>
    standing.set(number, {
      ...{ number, outlinePx, shapePx: outlinePx, areaPx2: areaPx2(outlinePx) },
      ...{ certain: isCertain, confidence: null, correction },
    });
  switch (change.kind) {
    case 'draw':
      put(first, change.outlinePx, change.certain);
      return;
    case 'redraw':
      put(change.of, change.outlinePx, certain);
      return;
    case 'judge':
      for (const piece of named)
        standing.set(piece.number, { ...piece, certain: change.certain, correction });
      return;
    default:
      for (const { number } of named) standing.delete(number);
  }
  if (change.kind === 'merge') put(first, change.outlinePx, certain);
  if (change.kind === 'split') {
    for (const [part, outline] of change.partsPx.entries()) put(first + part, outline, certain);
  }
}

/** Numbers of the pieces that a change speaks of. */
function numbersNamed(change: Change): readonly number[] {
  if (change.kind === 'draw') return [];
  return change.kind === 'merge' ? change.of : [change.of];
}

function numbersTaken(change: Change): number {
  if (change.kind === 'split') return change.partsPx.length;
  return change.kind === 'draw' || change.kind === 'merge' ? 1 : 0;
}

function boxOutline([x, y, widthPx, heightPx]: readonly [number, number, number, number]): Outline {
  return [[x, y, x + widthPx, y, x + widthPx, y + heightPx, x, y + heightPx]];
}

/** The smallest piece at a place: of one within another it is the inner. */
export function pieceAt(pieces: readonly StandingPiece[], place: PointPx): StandingPiece | null {
  const there = pieces.filter(({ shapePx }) => contains(shapePx, place));
  return there.toSorted((a, b) => a.areaPx2 - b.areaPx2)[0] ?? null;
}
