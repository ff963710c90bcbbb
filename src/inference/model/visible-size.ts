import type { Manifest } from './manifest.ts';

/** Recall at the smallest size that counts as seen. */
export const RECALL_OF_VISIBLE = 0.5;

/**
 * The smallest diameter that a model sees, as a share of the longest side of the field: every tile is scaled to the
 * same input. Null where the manifest does not say.
 */
export function visibleShareOfField({
  recallBySize,
  input,
}: Pick<Manifest, 'recallBySize' | 'input'>): number | null {
  const diameterPx = recallBySize?.diameterRecall50Px ?? null;
  if (diameterPx === null) return null;
  const { fixedPx, longestSidePx } = input;
  return diameterPx / (fixedPx ? Math.max(fixedPx.width, fixedPx.height) : longestSidePx);
}
