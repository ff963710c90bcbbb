import {
  asksForOutline,
  type Comparison,
  type FilterQuantity,
  isOutlineQuantity,
  type OutlineQuantity,
  type ParticleFilter,
} from '../config/particle-filter.ts';
import type { PieceName } from '../grid/particle-pieces.ts';
import { diameterEquivalent } from '../measure/measure-particle.ts';
import type { BorderCorrected } from './border-correction.ts';
import type { CountedParticles } from './counted-particles.ts';
import { measuredDigits, significant } from './numeric/significant.ts';
import type { DiameterKind } from './published-diameter.ts';
import type { ShapedTile } from './shaped-particles.ts';
import type { BorderMethod } from './size-statistics.ts';

/** A tile's particles with all that a filter may ask for. */
export interface FilterableTile extends ShapedTile, Readonly<Record<OutlineQuantity, Float64Array>> {
  readonly confidence: Float64Array;
}

type Counted = Pick<BorderCorrected, 'particles' | 'pieces'>;

/**
 * What is done about borders where outlines are asked for, by filter or diameter: nobody has seen that of a particle that is
 * put together from pieces, so that those which one tile shows whole count, each with the inverse of its chance to be.
 */
export function borderMethodFor(
  method: BorderMethod,
  diameter: DiameterKind,
  filter: ParticleFilter | null,
): BorderMethod {
  const needsOutlines = diameter !== 'area' || (filter !== null && asksForOutline(filter));
  return method === 'join' && needsOutlines ? 'weight' : method;
}

/** Of each counted particle whether it passes: 1, else 0. Values are judged with the digits that they have in tables. */
export function passing(
  tiles: readonly FilterableTile[],
  { particles, pieces }: Counted,
  filter: ParticleFilter,
): Uint8Array {
  return Uint8Array.from(pieces, (of, place) => {
    const area = particles.areaUm2[place]!;
    return filter.every((asked) => holds(asked, quantityOf(tiles, asked.quantity, area, of))) ? 1 : 0;
  });
}

/** The counted particles that pass. */
export function kept({ particles, pieces }: Counted, passes: Uint8Array): Counted {
  const isKept = (_: unknown, place: number) => passes[place] === 1;
  const { areaUm2, weight, tile, certain } = particles;
  const columns: CountedParticles = {
    areaUm2: areaUm2.filter(isKept),
    weight: weight.filter(isKept),
    tile: tile.filter(isKept),
    certain: certain.filter(isKept),
  };
  return { particles: columns, pieces: pieces.filter(isKept) };
}

/** The chance that a real particle is outlined so: of a joined one the least of its pieces. */
function confidenceOf(
  tiles: readonly Pick<FilterableTile, 'confidence'>[],
  pieces: readonly PieceName[],
): number {
  return significant(Math.min(...pieces.map(({ tile, index }) => tiles[tile]!.confidence[index]!)), 6);
}

function quantityOf(
  tiles: readonly FilterableTile[],
  quantity: FilterQuantity,
  areaUm2: number,
  pieces: readonly PieceName[],
): number {
  if (isOutlineQuantity(quantity)) {
    const { tile, index } = pieces[0]!;
    return measuredDigits(tiles[tile]![quantity][index]!);
  }
  if (quantity === 'confidence') return confidenceOf(tiles, pieces);
  return quantity === 'areaUm2' ? areaUm2 : measuredDigits(diameterEquivalent(areaUm2));
}

function holds({ operator, limit }: Comparison, value: number): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    default:
      return value >= limit;
  }
}
