import type { PlacedField } from './tile-overlap.ts';

/** A side of a tile as its image shows it: top is the highest stage y, left the lowest stage x. */
export type TileSide = 'left' | 'right' | 'top' | 'bottom';

/** A chord along which a tile's border cuts a particle, on the stage. */
export interface PlacedCut {
  readonly side: TileSide;
  /** Ends of the chord, the lower first: stage y along left and right, stage x along top and bottom. */
  readonly fromUm: number;
  readonly toUm: number;
}

/** A cut given by its first and last pixel along the side, outer edges of both included. */
export function placedCut(
  cut: { readonly side: TileSide; readonly fromPx: number; readonly toPx: number },
  tile: PlacedField,
  pixelSizeUm: number,
): PlacedCut {
  const { side, fromPx, toPx } = cut;
  const { stagePositionUm, fieldUm } = tile;
  if (side === 'left' || side === 'right') {
    // Rows count downwards, the stage's y upwards.
    const top = stagePositionUm.y + fieldUm.height / 2;
    return { side, fromUm: top - (toPx + 1) * pixelSizeUm, toUm: top - fromPx * pixelSizeUm };
  }
  const left = stagePositionUm.x - fieldUm.width / 2;
  return { side, fromUm: left + fromPx * pixelSizeUm, toUm: left + (toPx + 1) * pixelSizeUm };
}
