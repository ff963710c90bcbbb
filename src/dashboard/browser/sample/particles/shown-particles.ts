import { type DiameterKind, diameterFields } from '../../../../statistics/published-diameter.ts';
import type { ParticleEntry } from '../../../api/particle.ts';
import { hasRange, isInRange, type Selection } from '../selection.ts';

/** The diameter that the published distribution is of. */
export function publishedDiameterUm(particle: ParticleEntry, kind: DiameterKind): number {
  return particle[diameterFields[kind]] ?? particle.diameterEquivalentUm;
}

export interface ShownParticles {
  /** Those that the switch and the filter show. */
  readonly shown: readonly ParticleEntry[];
  /** Of these the ones in the range; all of them where there is none. */
  readonly inRange: readonly ParticleEntry[];
}

/**
 * @param matching numbers of those that pass the filter that the reader asked for; null without one
 */
export function shownParticles(
  particles: readonly ParticleEntry[],
  selection: Pick<Selection, 'show' | 'fromUm' | 'toUm'>,
  matching: ReadonlySet<number> | null,
  kind: DiameterKind,
): ShownParticles {
  const shown = particles.filter(
    ({ number, certain, passesFilter }) =>
      passesFilter &&
      (selection.show === 'all' || certain === (selection.show === 'certain')) &&
      (matching === null || matching.has(number)),
  );
  if (!hasRange(selection)) return { shown, inRange: shown };
  return { shown, inRange: shown.filter((one) => isInRange(publishedDiameterUm(one, kind), selection)) };
}

/** A particle that no tile shows whole has no shape: it comes last. */
const first = (a: number | null, b: number | null) => (a ?? 2) - (b ?? 2);

export const orders = {
  'largest first': (a, b) => b.areaUm2 - a.areaUm2,
  'smallest first': (a, b) => a.areaUm2 - b.areaUm2,
  'least circular first': (a, b) => first(a.circularity, b.circularity),
  'most elongated first': (a, b) => first(a.aspectRatio, b.aspectRatio),
  'least confident first': (a, b) => a.confidence - b.confidence,
} as const satisfies Readonly<Record<string, (a: ParticleEntry, b: ParticleEntry) => number>>;
export type Order = keyof typeof orders;
