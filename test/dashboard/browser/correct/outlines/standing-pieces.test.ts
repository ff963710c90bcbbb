import { describe, expect, it } from 'vitest';
import type { Correction } from '../../../../../src/dashboard/api/correction.ts';
import type { TilePieces } from '../../../../../src/dashboard/api/particle.ts';
import {
  pieceAt,
  type StandingPiece,
  standingPieces,
} from '../../../../../src/dashboard/browser/correct/outlines/standing-pieces.ts';
import type { Change } from '../../../../../src/measure/correction.ts';
import { rectangle } from './outlines.ts';

/** Four squares of 10 px in a row, 20 px apart; the last is uncertain, and no outline is kept of the third. */
const found: TilePieces = {
  contentHash: 'a'.repeat(64),
  pieces: [0, 1, 2, 3].map((number) => ({
    number,
    certain: number !== 3,
    confidence: 0.5 + number / 10,
    areaUm2: 1,
    diameterEquivalentUm: 1,
    touchesBorder: false,
    outlinePx: number === 2 ? null : rectangle(20 * number, 0, 10, 10),
    boxPx: [20 * number, 0, 10, 10],
  })),
};

function said(changes: readonly Change[], others: Partial<Correction>[] = []): Correction[] {
  return changes.map((change, i) => ({
    ...{ id: i + 1, contentHash: found.contentHash, reviewer: 'Ada', at: '2026-11-28T12:00:00Z', change },
    ...{ undone: false, undoneBy: null, stale: false, appliedInRevision: null },
    ...others[i],
  }));
}
const standing = (changes: readonly Change[], others?: Partial<Correction>[]) =>
  standingPieces(found, said(changes, others));
const numbersOf = (pieces: readonly StandingPiece[]) => pieces.map(({ number }) => number);

describe('standingPieces', () => {
  it('is what the model found where nobody said anything', () => {
    const pieces = standing([]);
    expect(numbersOf(pieces)).toEqual([0, 1, 2, 3]);
    expect(pieces[2]).toMatchObject({ outlinePx: null, shapePx: rectangle(40, 0, 10, 10), correction: null });
  });

  it('numbers what is made after what was found, and lets the next correction speak of it', () => {
    const pieces = standing([
      { kind: 'draw', outlinePx: rectangle(0, 50, 10, 10), certain: false },
      { kind: 'merge', of: [0, 1], outlinePx: rectangle(0, 0, 30, 10) },
      { kind: 'split', of: 5, partsPx: [rectangle(0, 0, 20, 10), rectangle(20, 0, 10, 10)] },
      { kind: 'judge', of: 7, certain: false },
      { kind: 'delete', of: 2 },
    ]);
    // 4 is drawn; 5 was merged, of certain ones, and split into 6 and 7.
    expect(pieces.map(({ number, certain }) => [number, certain])).toEqual([
      [3, false],
      [4, false],
      [6, true],
      [7, false],
    ]);
    expect(pieces.at(-1)).toMatchObject({ areaPx2: 100, confidence: null, correction: { id: 4 } });
  });

  it('keeps the numbers of what was undone to themselves, and forgets those of stale ones', () => {
    const draw: Change = { kind: 'draw', outlinePx: rectangle(0, 50, 10, 10), certain: true };
    expect(numbersOf(standing([draw, draw], [{ undone: true }]))).toEqual([0, 1, 2, 3, 5]);
    expect(numbersOf(standing([draw, draw], [{ stale: true }]))).toEqual([0, 1, 2, 3, 4]);
  });

  it('is uncertain after a merge with an uncertain one', () => {
    const [merged] = standing([
      { kind: 'merge', of: [1, 3], outlinePx: rectangle(20, 0, 50, 10) },
      { kind: 'delete', of: 0 },
      { kind: 'delete', of: 2 },
    ]);
    expect(merged).toMatchObject({ number: 4, certain: false });
  });

  it('redraws a piece under its own number', () => {
    const [first] = standing([{ kind: 'redraw', of: 0, outlinePx: rectangle(0, 0, 12, 10) }]);
    expect(first).toMatchObject({ number: 0, areaPx2: 120, confidence: null, certain: true });
  });
});

describe('pieceAt', () => {
  it('is the smallest at a place, and none on the ground', () => {
    const pieces = standing([{ kind: 'draw', outlinePx: rectangle(-10, -10, 40, 40), certain: true }]);
    expect(pieceAt(pieces, { x: 5, y: 5 })?.number).toBe(0);
    expect(pieceAt(pieces, { x: 15, y: 5 })?.number).toBe(4);
    expect(pieceAt(pieces, { x: 90, y: 90 })).toBeNull();
  });
});
