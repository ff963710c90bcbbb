import type { z } from 'zod';
import { type FilterQuantity, type ParticleFilter, readFilter } from '../../config/particle-filter.ts';
import { messageOf } from '../../errors.ts';
import type { ParticleEntry, particleListSchema, particleQuerySchema } from '../api/particle.ts';
import { Refusal } from '../refusal.ts';
import type { CountedEntries } from './particle-entries.ts';

type Query = z.infer<typeof particleQuerySchema>;

/** Those that match, in the order asked for. @throws Refusal 400 where the filter is none */
export function searchParticles(
  { revision, particles, perimeterUm }: CountedEntries,
  query: Query,
): z.infer<typeof particleListSchema> {
  const filter = query.filter === undefined ? [] : filterOf(query.filter);
  const { certain, diameterMinUm = 0, diameterMaxUm = Number.POSITIVE_INFINITY } = query;
  const found = particles.filter(
    (one) =>
      (certain === undefined || one.certain === (certain === 'true')) &&
      one.diameterEquivalentUm >= diameterMinUm &&
      one.diameterEquivalentUm <= diameterMaxUm &&
      passes(filter, one, perimeterUm[one.number] ?? null),
  );
  const ordered = inOrder(found, query);
  return {
    revision,
    total: found.length,
    particles: ordered.slice(query.offset, query.offset + query.limit),
  };
}

function filterOf(text: string): ParticleFilter {
  try {
    return readFilter(text);
  } catch (error) {
    throw new Refusal(400, `filter: ${messageOf(error)}`);
  }
}

/** What nobody has measured of a particle fulfils nothing. */
function passes(filter: ParticleFilter, particle: ParticleEntry, perimeterUm: number | null): boolean {
  const quantity = (name: FilterQuantity): number | null =>
    name === 'perimeterUm' ? perimeterUm : particle[name];
  return filter.every(({ quantity: name, operator, limit }) => {
    const value = quantity(name);
    if (value === null) return false;
    if (value === limit) return operator.endsWith('=');
    return operator.startsWith('<') === value < limit;
  });
}

const keyOf = {
  number: ({ number }) => number,
  diameter: ({ diameterEquivalentUm }) => diameterEquivalentUm,
  confidence: ({ confidence }) => confidence,
  circularity: ({ circularity }) => circularity,
} satisfies Record<Query['order'], (particle: ParticleEntry) => number | null>;

/** Those without a figure come last, whichever way they are ordered. */
function inOrder(found: readonly ParticleEntry[], { order, descending }: Query): readonly ParticleEntry[] {
  const sign = descending === 'true' ? -1 : 1;
  const key = keyOf[order];
  return found.toSorted((one, other) => {
    const [a, b] = [key(one), key(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || one.number - other.number;
    return sign * (a - b) || one.number - other.number;
  });
}
