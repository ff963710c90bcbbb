import type { CountedParticle } from '../tables/counted-run.ts';

/** A counted particle as charts show it. */
export interface ChartParticle {
  /** In the table `particles`. */
  readonly number: number;
  /** That of the published distribution. */
  readonly diameterUm: number;
  /** Area of the circle of that diameter. */
  readonly circleUm2: number;
  /** How many particles it stands for, at least 1. */
  readonly weight: number;
  readonly certain: boolean;
  /** Null where no tile shows it whole, so that nobody has seen its outline. */
  readonly shape: { readonly circularity: number; readonly aspectRatio: number } | null;
}

/** Those that count, in ascending order of their diameter. */
export function chartParticles(counted: Iterable<Omit<CountedParticle, 'of'>>): ChartParticle[] {
  return [...counted]
    .filter(({ passesFilter }) => passesFilter)
    .map((particle) => {
      const { number, areaUm2, diameterEquivalentUm, diameterUm, weight, certain } = particle;
      const circleUm2 = diameterUm === diameterEquivalentUm ? areaUm2 : (Math.PI * diameterUm ** 2) / 4;
      return { number, diameterUm, circleUm2, weight, certain, shape: shapeOf(particle) };
    })
    .sort((a, b) => a.diameterUm - b.diameterUm);
}

function shapeOf({ weightOfShape, pieces: [piece] }: Omit<CountedParticle, 'of'>): ChartParticle['shape'] {
  if (weightOfShape === null || !piece) return null;
  const { circularity, aspectRatio } = piece.tile;
  return { circularity: circularity[piece.index]!, aspectRatio: aspectRatio[piece.index]! };
}
