import { countText } from '../figure-text.ts';
import type { CountedParticle } from '../tables/counted-run.ts';
import { confidenceOf, doubtedAreaShare } from '../tables/particle-columns.ts';

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
 * cut them nobody has seen the outline, so that they have no roundness.
 * @param particles by size, the smallest first
 */
export function galleries(particles: readonly CountedParticle[]): Gallery[] {
  const whole = particles.filter(({ weightOfShape }) => weightOfShape !== null);
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
    uncertainOnes(particles),
  ];
}

/** The uncertain ones by confidence, then those of which a smaller piece at a border is doubted, by how much of them it is. */
function uncertainOnes(particles: readonly CountedParticle[]): Gallery {
  const uncertain = particles.filter(({ certain }) => !certain);
  const doubted = particles.filter((one) => one.certain && doubtedAreaShare(one) > 0);
  return {
    ...{ name: 'uncertain', title: 'The uncertain' },
    note: [
      uncertain.length === 0
        ? 'No particle is uncertain.'
        : `Of ${countText(uncertain.length)} by confidence.`,
      doubted.length === 0
        ? ''
        : `Of ${countText(doubted.length)} a smaller piece at a border is doubted; a joined particle is judged by its largest.`,
    ]
      .filter(Boolean)
      .join(' '),
    particles: [...least(uncertain, confidenceOf), ...least(doubted, (one) => -doubtedAreaShare(one))].slice(
      0,
      SHOWN,
    ),
  };
}

function least(
  particles: readonly CountedParticle[],
  of: (particle: CountedParticle) => number,
): CountedParticle[] {
  return particles.toSorted((one, other) => of(one) - of(other)).slice(0, SHOWN);
}

function roundnessOf({ pieces: [piece] }: CountedParticle): number {
  return piece?.tile.circularity[piece.index] ?? 1;
}
