import type { PlacedCut } from './placed-cut.ts';
import { type PlacedParticles, sameParticles } from './same-particle.ts';

/** A tile's particles with what joining needs: where they are cut, and their boxes on the stage. */
export interface JoinableParticles extends PlacedParticles {
  readonly areaUm2: Float64Array;
  readonly boxLeftUm: Float64Array;
  readonly boxBottomUm: Float64Array;
  readonly boxWidthUm: Float64Array;
  readonly boxHeightUm: Float64Array;
  readonly cuts: readonly (readonly PlacedCut[])[];
  /** 1 where certain. */
  readonly certain: Uint8Array;
}

/** Which piece: index of its tile, and its place in that tile's arrays. */
export interface PieceName {
  readonly tile: number;
  readonly index: number;
}

/** What one tile shows of a particle: all of it, or the piece that its border leaves. */
export interface Piece extends PieceName {
  readonly areaUm2: number;
  /** On the stage. */
  readonly box: {
    readonly left: number;
    readonly right: number;
    readonly bottom: number;
    readonly top: number;
  };
  readonly certain: boolean;
  readonly touchesBorder: boolean;
  readonly cuts: readonly PlacedCut[];
  /** Whether a larger piece is known to be of the same particle. */
  readonly isRepeat: boolean;
}

/** The pieces that each tile shows, without those of particles that another tile shows whole. */
export function piecesOf(tiles: readonly JoinableParticles[]): Piece[][] {
  const repeats = new Map<string, 'of a whole' | 'of a piece'>();
  for (const [kept, ...others] of sameParticles(tiles)) {
    for (const { tile, index } of others) {
      repeats.set(`${tile} ${index}`, kept?.cut ? 'of a piece' : 'of a whole');
    }
  }
  return tiles.map((tile, number) =>
    [...tile.areaUm2.keys()].flatMap((index) => {
      const repeat = repeats.get(`${number} ${index}`);
      return repeat === 'of a whole' ? [] : [pieceOf(tile, number, index, repeat !== undefined)];
    }),
  );
}

function pieceOf(tile: JoinableParticles, number: number, index: number, isRepeat: boolean): Piece {
  const left = tile.boxLeftUm[index]!;
  const bottom = tile.boxBottomUm[index]!;
  const right = left + tile.boxWidthUm[index]!;
  const top = bottom + tile.boxHeightUm[index]!;
  return {
    tile: number,
    index,
    areaUm2: tile.areaUm2[index]!,
    box: { left, right, bottom, top },
    certain: tile.certain[index] === 1,
    touchesBorder: tile.touchesBorder[index] === 1,
    cuts: tile.cuts[index]!,
    isRepeat,
  };
}
