import type { Change, Outline } from './correction.ts';
import type { Particle } from './particle.ts';

/** What a reviewer said of a tile, in the order in which it was said. */
export interface SaidChange {
  readonly id: number;
  readonly reviewer: string;
  readonly change: Change;
  /** What its outlines measure, one by one; empty where it brings none. */
  readonly drawn: readonly Particle[];
  readonly isUndone: boolean;
}

/** A piece of a tile as its corrections leave it. */
export interface CorrectedPiece {
  /**
   * What the model found keeps its number from 0, whatever becomes of the others. What is drawn, split or merged gets
   * the numbers after those, in the order of the corrections; one that is undone keeps its numbers to itself.
   */
  readonly number: number;
  readonly particle: Particle;
  /** The correction that changed it last; null where it is as the model found it. */
  readonly correctionId: number | null;
  /** As a reviewer drew it; null where its outline is the model's. */
  readonly outlinePx: Outline | null;
}

/** A correction names a piece that is not there. */
export class ImpossibleCorrectionError extends Error {
  override readonly name = 'ImpossibleCorrectionError';
  readonly said: SaidChange;

  constructor(said: SaidChange, reason: string) {
    super(reason);
    this.said = said;
  }
}

/**
 * The pieces of a tile after all corrections that are not undone, by their numbers.
 *
 * Redrawn and split pieces keep the verdict certain or uncertain, merged ones are certain where all of them are; a
 * verdict that a reviewer gives changes neither objectness nor confidence, which stay what the network says.
 * @param found what the model found, in its order.
 * @throws ImpossibleCorrectionError where one names a piece that is not there, or no longer
 */
export function correctedPieces(
  found: readonly Particle[],
  corrections: readonly SaidChange[],
): CorrectedPiece[] {
  const pieces = new Map<number, CorrectedPiece>(
    found.map((particle, number) => [number, { number, particle, correctionId: null, outlinePx: null }]),
  );
  const goneBy = new Map<number, SaidChange>();
  let next = found.length;
  for (const said of corrections) {
    const first = next;
    next += numbersTaken(said.change);
    if (said.isUndone) {
      for (let number = first; number < next; number++) goneBy.set(number, said);
      continue;
    }
    const named = numbersNamed(said.change).map((number) => {
      const piece = pieces.get(number);
      if (piece) return piece;
      throw new ImpossibleCorrectionError(said, absence(number, goneBy.get(number), first));
    });
    const { gone, made } = outcome(said, named, first);
    for (const number of gone) {
      pieces.delete(number);
      goneBy.set(number, said);
    }
    for (const piece of made) pieces.set(piece.number, piece);
  }
  return [...pieces.values()].sort((one, other) => one.number - other.number);
}

/** The outlines that a change brings, in its order. */
export function outlinesIn(change: Change): readonly Outline[] {
  if (change.kind === 'split') return change.partsPx;
  return 'outlinePx' in change ? [change.outlinePx] : [];
}

function numbersTaken(change: Change): number {
  if (change.kind === 'split') return change.partsPx.length;
  return change.kind === 'draw' || change.kind === 'merge' ? 1 : 0;
}

function numbersNamed(change: Change): readonly number[] {
  if (change.kind === 'draw') return [];
  return change.kind === 'merge' ? [...new Set(change.of)] : [change.of];
}

/** What goes and what comes by one change. */
function outcome(
  { id, change, drawn }: SaidChange,
  named: readonly CorrectedPiece[],
  first: number,
): { readonly gone: readonly number[]; readonly made: readonly CorrectedPiece[] } {
  const certain = named.every(({ particle }) => particle.certain);
  const made = (at: number, number: number, isCertain = certain): CorrectedPiece => ({
    number,
    particle: { ...drawn[at]!, certain: isCertain },
    correctionId: id,
    outlinePx: outlinesIn(change)[at]!,
  });
  const gone = named.map(({ number }) => number);
  switch (change.kind) {
    case 'delete':
      return { gone, made: [] };
    case 'draw':
      return { gone: [], made: [made(0, first, change.certain)] };
    case 'redraw':
      return { gone: [], made: [made(0, change.of)] };
    case 'split':
      return { gone, made: change.partsPx.map((_, at) => made(at, first + at)) };
    case 'merge':
      return { gone, made: [made(0, first)] };
    case 'judge':
      return {
        gone: [],
        made: named.map((piece) => ({
          ...piece,
          particle: { ...piece.particle, certain: change.certain },
          correctionId: id,
        })),
      };
  }
}

const doings = { delete: 'deleted', split: 'split', merge: 'merged into another' } as const;

function absence(number: number, by: SaidChange | undefined, pieces: number): string {
  const there = pieces === 0 ? 'it has none at all' : `its numbers are from 0 to ${pieces - 1}`;
  if (!by) return `of: the tile has no piece ${number}; ${there}`;
  const { kind } = by.change;
  const doing = by.isUndone || !(kind in doings) ? 'taken back' : doings[kind as keyof typeof doings];
  return `of: piece ${number} was ${doing} by correction ${by.id} of ${by.reviewer}; choose another piece, or undo that correction`;
}
