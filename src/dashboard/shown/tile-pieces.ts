import type { Outline } from '../../measure/correction.ts';
import type { Particle } from '../../measure/particle.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import type { TilePieces } from '../api/particle.ts';

/** What the model found in a tile, in its order, whatever reviewers said of it; nothing before it is segmented. */
export function tilePieces(
  store: Pick<StoreReader, 'particles' | 'outlines'>,
  { id, state, file }: Pick<StoredTile, 'id' | 'state' | 'file'>,
): TilePieces {
  const { contentHash } = file;
  if (state !== 'segmented') return { contentHash, pieces: [] };
  const outlines = store.outlines.ofTile(id);
  const pieces = store.particles
    .foundIn(id)
    .map((particle, number) => pieceOf(number, particle, outlines?.[number] ?? null));
  return { contentHash, pieces };
}

/** What counts of a tile: where it was reviewed, what its corrections left, under the numbers that particles call it by. */
export function countedPieces(
  store: Pick<StoreReader, 'particles' | 'outlines'>,
  { id, state, file }: Pick<StoredTile, 'id' | 'state' | 'file'>,
): TilePieces {
  const { contentHash } = file;
  if (state !== 'segmented') return { contentHash, pieces: [] };
  const outlines = store.outlines.ofTile(id);
  const pieces = store.particles
    .piecesOfTile(id)
    .map(({ number, particle, drawnPx }) => pieceOf(number, particle, drawnPx ?? outlines?.[number] ?? null));
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
