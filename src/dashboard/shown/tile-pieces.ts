import type { Outline } from '../../measure/correction.ts';
import type { Particle } from '../../measure/particle.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import type { TilePieces } from '../api/particle.ts';

type Pieces = Pick<StoreReader, 'particles' | 'outlines'>;
type OfTile = Pick<StoredTile, 'id' | 'state' | 'file'>;

/** What the model found in a tile, in its order, whatever reviewers said of it; nothing before it is segmented. */
export function tilePieces(store: Pieces, tile: OfTile): TilePieces {
  return piecesOf(store, tile, () =>
    store.particles.foundIn(tile.id).map((particle, number) => ({ number, particle, drawnPx: null })),
  );
}

/** What counts of a tile: where it was reviewed, what its corrections left, under the numbers that particles call it by. */
export function countedPieces(store: Pieces, tile: OfTile): TilePieces {
  return piecesOf(store, tile, () => store.particles.piecesOfTile(tile.id));
}

interface NumberedPiece {
  readonly number: number;
  readonly particle: Particle;
  /** As a reviewer drew it; null: as it was found. */
  readonly drawnPx: Outline | null;
}

function piecesOf(
  store: Pieces,
  { id, state, file }: OfTile,
  read: () => readonly NumberedPiece[],
): TilePieces {
  const { contentHash } = file;
  if (state !== 'segmented') return { contentHash, pieces: [] };
  const outlines = store.outlines.ofTile(id);
  const pieces = read().map(({ number, particle, drawnPx }) =>
    pieceOf(number, particle, drawnPx ?? outlines?.[number] ?? null),
  );
  return { contentHash, pieces };
}

function pieceOf(
  number: number,
  particle: Particle,
  outlinePx: Outline | null,
): TilePieces['pieces'][number] {
  const { certain, confidence, areaUm2, diameterEquivalentUm, touchesBorder, boxPx } = particle;
  return {
    ...{ number, certain, confidence, areaUm2, diameterEquivalentUm, touchesBorder, outlinePx },
    boxPx: [...boxPx],
  };
}
