import type { CountedParticle } from '../tables/counted-run.ts';
import { confidenceOf } from '../tables/particle-columns.ts';

/** Particles that a reader asks for first, by what they are extreme in. */
export interface Gallery {
  /** Of its files. */
  readonly name: 'largest' | 'smallest' | 'least-round' | 'uncertain';
  readonly title: string;
  /** What to know about them; null where nothing. */
  readonly note: string | null;
  readonly particles: readonly CountedParticle[];
}

const SHOWN = 6;

/**
 * The largest, the smallest, the least round and the uncertain particles, the most extreme first. Of those whose tile borders
 * cut them nobody has seen the outline, so that they have no roundness; uncertain they may be as others.
 * @param particles by size, the smallest first
 */
export function galleries(particles: readonly CountedParticle[]): Gallery[] {
  const whole = particles.filter(({ weightOfShape }) => weightOfShape !== null);
  const uncertain = particles.filter(({ certain }) => !certain);
  return [
    {
      ...{ name: 'largest', title: 'The largest', note: null },
      particles: particles.slice(-SHOWN).reverse(),
    },
    { name: 'smallest', title: 'The smallest', note: null, particles: particles.slice(0, SHOWN) },
    {
      ...{
        name: 'least-round',
        title: 'The least round',
        note: 'By circularity, of those that one tile shows whole.',
      },
      particles: least(whole, roundnessOf),
    },
    {
      ...{ name: 'uncertain', title: 'The uncertain' },
      note:
        uncertain.length === 0
          ? 'No particle is uncertain.'
          : `By confidence, of ${uncertain.length} in all. A joined particle is uncertain where its largest piece is.`,
      particles: least(uncertain, confidenceOf),
    },
  ];
}

function least(
  particles: readonly CountedParticle[],
  of: (particle: CountedParticle) => number,
): CountedParticle[] {
  return particles.toSorted((one, other) => of(one) - of(other)).slice(0, SHOWN);
}

function roundnessOf({ pieces: [piece] }: CountedParticle): number {
  return piece?.tile.circularity[piece.number] ?? 1;
}
