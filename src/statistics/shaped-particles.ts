import type { JoinableParticles, PieceName } from '../grid/particle-pieces.ts';
import { borderWeight, wholeWindow } from '../grid/sampling-window.ts';
import { measuredDigits } from './numeric/significant.ts';
import type { ShapeMeasure } from './shape-measures.ts';
import type { BorderMethod } from './size-statistics.ts';

/** A tile's particles with their shapes. */
export interface ShapedTile extends JoinableParticles, Readonly<Record<ShapeMeasure, Float64Array>> {}

/** A particle whose outline was seen whole. */
export interface ShapedParticle extends PieceName {
  /** How many particles it stands for. */
  readonly weight: number;
}

/**
 * The particles whose shape counts: those that one tile shows whole, each with the inverse of its chance to be (Miles 1978,
 * Lantuejoul 1980), since nobody has seen the outline of one that is put together from pieces. Where borders are not
 * corrected for (`exclude`, `include`), as `borderCorrected` counts them, each once.
 *
 * @param duplicates of each tile the particles that another shows as well and better, 1 for each.
 */
export function shapedParticles(
  tiles: readonly ShapedTile[],
  method: BorderMethod,
  duplicates: readonly Uint8Array[],
): ShapedParticle[] {
  const isCorrected = method === 'weight' || method === 'join';
  const weightOf = isCorrected ? borderWeight(wholeWindow(tiles)) : () => 1;
  return tiles.flatMap((shown, tile) =>
    [...shown.areaUm2.keys()].flatMap((index) => {
      if (duplicates[tile]?.[index] === 1) return [];
      if (method !== 'include' && shown.touchesBorder[index] !== 0) return [];
      const weight = measuredDigits(weightOf(shown.boxWidthUm[index]!, shown.boxHeightUm[index]!));
      return [{ tile, index, weight }];
    }),
  );
}
