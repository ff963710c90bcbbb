import { hash } from 'node:crypto';
import { messageOf } from '../../errors.ts';
import { paintedLabels } from '../../evaluation/painted-labels.ts';
import { correctedPieces } from '../../measure/corrected-pieces.ts';
import type { Outline } from '../../measure/correction.ts';
import { maskOfOutline } from '../../measure/outline-mask.ts';
import type { LabelledImage } from '../../simulator/dataset/labelled-image.ts';
import type { StoredCorrection } from '../../store/corrections.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredTile } from '../../store/stored-tile.ts';
import { decodePixels, readWhole } from '../../watcher/image/pixels.ts';

/** A piece of a reviewed tile, as it is labelled. */
export interface LabelledPiece {
  /** Its value in the label picture. */
  readonly label: number;
  /** As the tile's list and its corrections name it. */
  readonly number: number;
  readonly verdict: 'certain' | 'uncertain';
  /** Who drew or judged it; null where it stands as the model found it. */
  readonly reviewer: string | null;
  /** Its pixels in the label picture: less than its own where a smaller piece covers it. */
  readonly areaVisiblePx: number;
  readonly outlinePx: Outline;
}

/** A tile as its reviewers leave it, to learn from. */
export interface ReviewedImage {
  readonly image: LabelledImage;
  readonly pieces: readonly LabelledPiece[];
  /** Pieces of which others leave no pixel, so that they have no label. */
  readonly covered: number;
}

/**
 * Reads a tile's file and labels the pieces that its corrections leave; those that nobody corrected count as seen and right.
 * @param said of the tile's present result
 * @throws Error with the reason where its outlines or its file are there no more
 */
export async function reviewedImage(
  store: Pick<StoreReader, 'outlines' | 'particles'>,
  tile: StoredTile,
  said: readonly StoredCorrection[],
): Promise<ReviewedImage> {
  const image = await imageOf(tile);
  const found = store.outlines.ofTile(tile.id);
  const by = new Map(said.map(({ id, reviewer }) => [id, reviewer]));
  const pieces = correctedPieces(store.particles.foundIn(tile.id), said).map((piece) => {
    const outlinePx = piece.outlinePx ?? found?.[piece.number];
    if (outlinePx === undefined) throw new Error('its outlines are not kept: an older version segmented it');
    return { ...piece, outlinePx, mask: maskOfOutline(outlinePx) };
  });
  // A smaller one is seen on top of what it lies on.
  const order = pieces.toSorted((one, other) => one.particle.areaUm2 - other.particle.areaUm2);
  const { labels } = paintedLabels(
    image.widthPx,
    image.heightPx,
    order.map(({ mask }) => mask),
  );
  const areas = new Uint32Array(order.length + 1);
  for (const label of labels) areas[label]!++;
  const labelled = order.map(
    ({ number, particle, correctionId, outlinePx }, at): LabelledPiece => ({
      ...{ label: at + 1, number, outlinePx, areaVisiblePx: areas[at + 1]! },
      verdict: particle.certain ? 'certain' : 'uncertain',
      reviewer: correctionId === null ? null : (by.get(correctionId) ?? null),
    }),
  );
  const visible = labelled.filter(({ areaVisiblePx }) => areaVisiblePx > 0);
  return {
    image: { ...image, labels: Uint16Array.from(labels) },
    pieces: visible,
    covered: labelled.length - visible.length,
  };
}

async function imageOf({ file, metadata }: StoredTile): Promise<Omit<LabelledImage, 'labels'>> {
  const bytes = await readWhole(file.path).catch((error: unknown) => {
    throw new Error(`its file cannot be read: ${messageOf(error)}`);
  });
  if (hash('sha256', bytes) !== file.contentHash) {
    throw new Error(`its file holds something else now: ${file.path}`);
  }
  const { widthPx, heightPx, pixels } = await decodePixels(file.path, bytes, metadata.databarHeightPx);
  return { widthPx, heightPx, image: pixels };
}
