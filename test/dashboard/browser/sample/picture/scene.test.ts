import { describe, expect, it } from 'vitest';
import { piecesByPlace } from '../../../../../src/dashboard/browser/sample/picture/pieces.ts';
import { layoutOf } from '../../../../../src/dashboard/browser/sample/picture/places.ts';
import {
  type PieceStanding,
  pieceKey,
  sceneOf,
} from '../../../../../src/dashboard/browser/sample/picture/scene.ts';
import { tileAt } from './grid-of-tiles.ts';

const layout = layoutOf({ rows: 1, columns: 1, tiles: [tileAt(0, 0)] })!;
const places = piecesByPlace(
  [
    {
      contentHash: '0,0',
      pieces: Array.from({ length: 5 }, (_, number) => ({
        ...{ number, certain: true, confidence: 1, areaUm2: 1, diameterEquivalentUm: 1 },
        ...{ touchesBorder: false, outlinePx: null, boxPx: [0, 0, 1, 1] as [number, number, number, number] },
      })),
    },
  ],
  layout,
);
const plain: PieceStanding = { certain: true, isShown: true, isLit: false, isChosen: false };
/** Piece 4 is of no particle. */
const standings: readonly PieceStanding[] = [
  plain,
  { ...plain, certain: false },
  { ...plain, isLit: true },
  { ...plain, isShown: false },
];
const standingOf = (key: string) => standings.find((_, number) => pieceKey('0,0', number) === key);
const numbers = (scene: ReturnType<typeof sceneOf>) =>
  Object.fromEntries(
    [...scene.places[0]!.byLook].map(([look, pieces]) => [look, pieces.map(({ number }) => number)]),
  );

describe('the scene', () => {
  it('shows each piece as its particle stands, and not those that the choice leaves out', () => {
    const scene = sceneOf(places, standingOf, { showsUncounted: true, hasLit: true, typicalPx: 1 });
    expect(numbers(scene)).toEqual({
      certain: [0],
      uncertain: [1],
      'lit-certain': [2],
      uncounted: [4],
    });
  });

  it('shows what counts as no particle only where all is shown', () => {
    const scene = sceneOf(places, standingOf, { showsUncounted: false, hasLit: false, typicalPx: 1 });
    expect(numbers(scene)).not.toHaveProperty('uncounted');
  });

  it('always shows the chosen one', () => {
    const chosen = { ...plain, isShown: false, isChosen: true };
    const scene = sceneOf(places, () => chosen, { showsUncounted: false, hasLit: true, typicalPx: 1 });
    expect(numbers(scene)).toEqual({ chosen: [0, 1, 2, 3, 4] });
  });
});
