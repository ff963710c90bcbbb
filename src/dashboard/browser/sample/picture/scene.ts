import type { Piece, PiecesOfPlace } from './pieces.ts';
import type { Place } from './places.ts';

/** How a piece stands out, from behind to the front. */
export const looks = ['uncounted', 'certain', 'uncertain', 'lit-certain', 'lit-uncertain', 'chosen'] as const;
export type Look = (typeof looks)[number];

/** Pieces of one tile by how they look; those that are not shown are in none. */
export interface PaintedPlace {
  readonly place: Place;
  readonly byLook: ReadonlyMap<Look, readonly Piece[]>;
}

/** What is drawn over the picture. */
export interface Scene {
  readonly places: readonly PaintedPlace[];
  /** Whether some are lit, so that the others step back. */
  readonly hasLit: boolean;
  /** The median side of a piece, in pixels of its tile. */
  readonly typicalPx: number;
}

export const emptyScene: Scene = { places: [], hasLit: false, typicalPx: 0 };

/** Names a piece among all of a run. */
export function pieceKey(contentHash: string, number: number): string {
  return `${contentHash} ${number}`;
}

/** What is known of the counted particle that a piece belongs to. */
export interface PieceStanding {
  readonly certain: boolean;
  /** Whether the switch and the filter show it. */
  readonly isShown: boolean;
  readonly isLit: boolean;
  readonly isChosen: boolean;
}

/**
 * Sorts the pieces of all tiles by how they look.
 * @param standingOf of a piece by `pieceKey`; undefined for one that no counted particle has: cut, seen twice, or left out
 * @param showsUncounted whether those are drawn, too
 */
export function sceneOf(
  places: readonly PiecesOfPlace[],
  standingOf: (key: string) => PieceStanding | undefined,
  { showsUncounted, hasLit, typicalPx }: { showsUncounted: boolean; hasLit: boolean; typicalPx: number },
): Scene {
  const painted = places.map(({ place, pieces }): PaintedPlace => {
    const byLook = new Map<Look, Piece[]>();
    for (const piece of pieces) {
      const look = lookOf(standingOf(pieceKey(place.tile.contentHash, piece.number)), showsUncounted);
      if (look === null) continue;
      const same = byLook.get(look);
      if (same) same.push(piece);
      else byLook.set(look, [piece]);
    }
    return { place, byLook };
  });
  return { places: painted, hasLit, typicalPx };
}

function lookOf(standing: PieceStanding | undefined, showsUncounted: boolean): Look | null {
  if (!standing) return showsUncounted ? 'uncounted' : null;
  if (standing.isChosen) return 'chosen';
  if (!standing.isShown) return null;
  if (standing.isLit) return standing.certain ? 'lit-certain' : 'lit-uncertain';
  return standing.certain ? 'certain' : 'uncertain';
}
