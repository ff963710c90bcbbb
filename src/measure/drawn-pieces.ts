import { outlinesIn } from './corrected-pieces.ts';
import type { Change, Outline } from './correction.ts';
import { measureParticle, type TileGeometry } from './measure-particle.ts';
import { outlineFault } from './outline-fault.ts';
import { maskOfOutline } from './outline-mask.ts';
import type { Particle } from './particle.ts';

/** An outline that cannot be measured, and why. */
export class UnusableOutlineError extends Error {
  override readonly name = 'UnusableOutlineError';
}

/** A tile on which somebody draws. */
export interface DrawnTile extends TileGeometry {
  /** Fewer pixels than the model counts are dust. */
  readonly smallestAreaPx: number;
}

/** Who draws an outline has seen the particle: so sure is no network. */
const SEEN = { objectness: 1, confidence: 1 };

/**
 * Measures the outlines that a change brings, each as if a network had found its pixels.
 * @throws UnusableOutlineError where one is no outline, leaves the tile, crosses itself or is smaller than what counts
 */
export function drawnPieces(change: Change, tile: DrawnTile): Particle[] {
  const certain = change.kind === 'draw' ? change.certain : true;
  const outlines = outlinesIn(change);
  return outlines.map((outline, at) => {
    const where = outlines.length > 1 ? `part ${at + 1}: ` : '';
    return measured(outline, tile, certain, where);
  });
}

function measured(outline: Outline, tile: DrawnTile, certain: boolean, where: string): Particle {
  const fault = outlineFault(outline, tile);
  if (fault !== null) throw new UnusableOutlineError(`${where}${fault}`);
  const mask = maskOfOutline(outline);
  const areaPx = mask.bits.reduce((sum, bit) => sum + bit, 0);
  const leastPx = Math.max(1, tile.smallestAreaPx);
  if (areaPx < leastPx) {
    throw new UnusableOutlineError(
      `${where}the outline holds ${areaPx} px^2, under the ${Math.ceil(leastPx)} px^2 of the smallest particle that the model counts; draw larger ones alone`,
    );
  }
  return measureParticle(mask, tile, { ...SEEN, certain });
}
