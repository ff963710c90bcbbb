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
  const pieces = store.particles.foundIn(id).map((particle, number) => ({
    number,
    certain: particle.certain,
    confidence: particle.confidence,
    areaUm2: particle.areaUm2,
    diameterEquivalentUm: particle.diameterEquivalentUm,
    touchesBorder: particle.touchesBorder,
    outlinePx: outlines?.[number] ?? null,
    boxPx: [...particle.boxPx] as [number, number, number, number],
  }));
  return { contentHash, pieces };
}
