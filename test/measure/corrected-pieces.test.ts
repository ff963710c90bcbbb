import { describe, expect, it } from 'vitest';
import { correctedPieces, type SaidChange } from '../../src/measure/corrected-pieces.ts';
import type { Change } from '../../src/measure/correction.ts';
import { drawnPieces } from '../../src/measure/drawn-pieces.ts';
import { exampleParticle } from '../store/examples.ts';

const tile = {
  ...{ widthPx: 100, heightPx: 80, pixelSizeUm: 0.5, smallestAreaPx: 4 },
  centreStageUm: { x: 1_000, y: 2_000 },
};
/** Corners of a square along the borders of pixels. */
const square = (left: number, top: number, side: number): number[][] => [
  [left, top, left + side, top, left + side, top + side, left, top + side],
];
/** Three pieces, of 1, 2 and 3 um2; the last is uncertain. */
const found = [exampleParticle(1), exampleParticle(2), exampleParticle(3, false)];

/** The changes as they were said, from correction 1 on. */
function said(...changes: Change[]): SaidChange[] {
  return changes.map((change, at) => ({
    ...{ id: at + 1, reviewer: at % 2 === 0 ? 'Ada' : 'Bo', change, drawn: drawnPieces(change, tile) },
    isUndone: false,
  }));
}
const undone = (all: readonly SaidChange[], id: number): SaidChange[] =>
  all.map((one) => (one.id === id ? { ...one, isUndone: true } : one));
/** Number, area in um2, and whether certain. */
const shown = (all: readonly SaidChange[]) =>
  correctedPieces(found, all).map(({ number, particle }) => [number, particle.areaUm2, particle.certain]);

const asFound = [
  [0, 1, true],
  [1, 2, true],
  [2, 3, false],
];

describe('the pieces of a tile', () => {
  it('are as the model found them where nobody says anything', () => {
    expect(shown([])).toEqual(asFound);
    expect(correctedPieces(found, [])[1]).toEqual({
      ...{ number: 1, particle: found[1], correctionId: null, outlinePx: null },
    });
  });

  it('keep their numbers where one is deleted', () => {
    expect(shown(said({ kind: 'delete', of: 0 }))).toEqual(asFound.slice(1));
  });

  it('have one more where one is drawn, measured by the pixels that it holds', () => {
    const all = said({ kind: 'draw', outlinePx: square(10, 20, 6), certain: false });
    // 36 pixels of 0.25 um2.
    expect(shown(all)).toEqual([...asFound, [3, 9, false]]);
    const drawn = correctedPieces(found, all)[3]!;
    expect(drawn).toMatchObject({ correctionId: 1, outlinePx: square(10, 20, 6) });
    expect(drawn.particle).toMatchObject({
      ...{ boxPx: [10, 20, 6, 6], objectness: 1, confidence: 1, touchesBorder: false, solidity: 1 },
      // The centre of the square is at 13, 23 px, that of the tile at 50, 40 px: 37 px left, 17 px up.
      centroidStageUm: { x: 1_000 - 37 / 2, y: 2_000 + 17 / 2 },
    });
  });

  it('touch the border where they are drawn up to it', () => {
    const [, , , drawn] = correctedPieces(
      found,
      said({ kind: 'draw', outlinePx: square(0, 20, 6), certain: true }),
    );
    expect(drawn?.particle).toMatchObject({
      touchesBorder: true,
      cutsPx: [{ side: 'left', fromPx: 20, toPx: 25 }],
    });
  });

  it('get another outline and keep number and verdict where they are redrawn', () => {
    expect(shown(said({ kind: 'redraw', of: 2, outlinePx: square(10, 20, 4) }))).toEqual([
      ...asFound.slice(0, 2),
      [2, 4, false],
    ]);
  });

  it('give way to their parts where they are split, which are judged as they were', () => {
    const all = said({ kind: 'split', of: 2, partsPx: [square(10, 20, 4), square(14, 20, 2)] });
    expect(shown(all)).toEqual([...asFound.slice(0, 2), [3, 4, false], [4, 1, false]]);
  });

  it('give way to what they are merged to, which is certain where all are', () => {
    expect(shown(said({ kind: 'merge', of: [0, 1], outlinePx: square(10, 20, 4) }))).toEqual([
      asFound[2],
      [3, 4, true],
    ]);
    expect(shown(said({ kind: 'merge', of: [0, 2], outlinePx: square(10, 20, 4) }))).toEqual([
      asFound[1],
      [3, 4, false],
    ]);
  });

  it('are certain or uncertain as they are judged, and as objective as the network says', () => {
    const all = said({ kind: 'judge', of: 0, certain: false });
    expect(shown(all)[0]).toEqual([0, 1, false]);
    expect(correctedPieces(found, all)[0]).toMatchObject({
      ...{ correctionId: 1, outlinePx: null },
      particle: { objectness: found[0]!.objectness, confidence: found[0]!.confidence },
    });
  });

  it('can be corrected again, those that were drawn too', () => {
    const all = said(
      { kind: 'draw', outlinePx: square(10, 20, 6), certain: true },
      { kind: 'judge', of: 3, certain: false },
      { kind: 'split', of: 3, partsPx: [square(10, 20, 2), square(12, 20, 4)] },
      { kind: 'delete', of: 4 },
    );
    expect(shown(all)).toEqual([...asFound, [5, 4, false]]);
  });
});

describe('a correction that is undone', () => {
  const all = said(
    { kind: 'delete', of: 0 },
    { kind: 'draw', outlinePx: square(10, 20, 6), certain: true },
    { kind: 'draw', outlinePx: square(40, 20, 4), certain: true },
    { kind: 'judge', of: 4, certain: false },
  );

  it('leaves all others as they are, with the numbers that they had', () => {
    expect(shown(undone(all, 1))).toEqual([...asFound, [3, 9, true], [4, 4, false]]);
    expect(shown(undone(all, 2))).toEqual([...asFound.slice(1), [4, 4, false]]);
    expect(shown(undone(all, 4))).toEqual([...asFound.slice(1), [3, 9, true], [4, 4, true]]);
  });

  it('leaves what the model found where all are, in whatever order', () => {
    const none = [3, 1, 4, 2].reduce(undone, all);
    expect(correctedPieces(found, none)).toEqual(correctedPieces(found, []));
  });

  it('is impossible while another is of what it drew', () => {
    expect(() => shown(undone(all, 3))).toThrow(
      expect.objectContaining({ name: 'ImpossibleCorrectionError', said: all[3] }),
    );
  });
});

describe('a correction of a piece that is not there', () => {
  it.each<[string, Change[], RegExp]>([
    ['was never', [{ kind: 'delete', of: 3 }], /of: the tile has no piece 3; its numbers are from 0 to 2/],
    [
      'is deleted',
      [
        { kind: 'delete', of: 1 },
        { kind: 'judge', of: 1, certain: true },
      ],
      /of: piece 1 was deleted by correction 1 of Ada/,
    ],
    [
      'is split',
      [
        { kind: 'split', of: 1, partsPx: [square(1, 1, 3), square(5, 5, 3)] },
        { kind: 'redraw', of: 1, outlinePx: square(1, 1, 4) },
      ],
      /of: piece 1 was split by correction 1 of Ada/,
    ],
    [
      'is merged',
      [
        { kind: 'merge', of: [0, 1], outlinePx: square(1, 1, 4) },
        { kind: 'merge', of: [1, 2], outlinePx: square(1, 1, 4) },
      ],
      /of: piece 1 was merged into another by correction 1 of Ada/,
    ],
  ])('is refused where it %s', (_, changes, reason) => {
    expect(() => shown(said(...changes))).toThrow(reason);
  });

  it('is refused where it was taken back', () => {
    const all = said(
      { kind: 'draw', outlinePx: square(10, 20, 6), certain: true },
      { kind: 'delete', of: 3 },
    );
    expect(() => shown(undone(all, 1))).toThrow(/of: piece 3 was taken back by correction 1 of Ada/);
  });
});

describe('an outline', () => {
  it('is refused where it is smaller than the smallest particle of the model', () => {
    const change: Change = { kind: 'draw', outlinePx: square(10, 20, 1), certain: true };
    expect(() => drawnPieces(change, tile)).toThrow(
      /the outline holds 1 px\^2, under the 4 px\^2 of the smallest particle that the model counts/,
    );
    expect(drawnPieces(change, { ...tile, smallestAreaPx: 0 })[0]).toMatchObject({ areaUm2: 0.25 });
  });

  it('is named by its place where a piece is split', () => {
    const change: Change = { kind: 'split', of: 0, partsPx: [square(1, 1, 4), square(98, 1, 4)] };
    expect(() => drawnPieces(change, tile)).toThrow(/^part 2: the outline reaches from 98, 1 to 102, 5 px/);
  });
});
