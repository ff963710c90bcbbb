import type { Outline } from '../../measure/correction.ts';
import type { Particle } from '../../measure/particle.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import type { TileShadow } from '../api/shadow.ts';
import { matchedIn } from './compare.ts';

/** What both models found in one tile, piece by piece; null where the shadow model has not segmented it. */
export function comparedPieces(store: StoreReader, tile: StoredTile): TileShadow | null {
  return store.snapshot(() => {
    const row = store.shadows.ofTile(tile.id);
    if (!row?.finding) return null;
    const serving = store.particles.ofTile(tile.id);
    const outlines = store.outlines.ofTile(tile.id);
    const { pairs, by } = matchedIn(serving, outlines, row.finding);
    const shadowOf = new Map(pairs.map((pair) => [pair.serving, pair.shadow]));
    const servingOf = new Map(pairs.map((pair) => [pair.shadow, pair.serving]));
    const { file, metadata, model } = tile;
    return {
      contentHash: file.contentHash,
      model: row.model,
      servedBy: model?.name ?? null,
      matchedBy: by,
      widthPx: file.widthPx,
      heightPx: file.heightPx - metadata.databarHeightPx,
      serving: serving.map((one, number) => pieceOf(one, number, outlines, shadowOf)),
      shadow: row.finding.particles.map((one, number) =>
        pieceOf(one, number, row.finding?.outlines ?? null, servingOf),
      ),
    };
  });
}

function pieceOf(
  particle: Particle,
  number: number,
  outlines: readonly Outline[] | null,
  matched: ReadonlyMap<number, number>,
): TileShadow['shadow'][number] {
  const { certain, confidence, areaUm2, diameterEquivalentUm, touchesBorder, boxPx } = particle;
  return {
    ...{ number, certain, confidence, areaUm2, diameterEquivalentUm, touchesBorder },
    outlinePx: outlines?.[number] ?? null,
    boxPx: [...boxPx],
    matchedWith: matched.get(number) ?? null,
  };
}
