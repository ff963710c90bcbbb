import { diameterEquivalent } from '../measure/measure-particle.ts';
import type { CountedParticles } from './counted-particles.ts';
import { measuredDigits } from './numeric/significant.ts';

/** Particles of many tiles in columns, in ascending order of size. */
export interface SizeGroup extends CountedParticles {
  readonly diameterUm: Float64Array;
  /** Natural logarithm of the diameter in um. */
  readonly diameterLog: Float64Array;
}

/** Sorts the particles by size. */
export function sizeGroup(particles: CountedParticles): SizeGroup {
  const { areaUm2 } = particles;
  const order = new Uint32Array(areaUm2.length).map((_, place) => place);
  order.sort((a, b) => areaUm2[a]! - areaUm2[b]!);
  const diameterUm = areaUm2.map((area) => measuredDigits(diameterEquivalent(area)));
  return picked({ ...particles, diameterUm, diameterLog: diameterUm.map(Math.log) }, order);
}

/** The certain or the uncertain particles of a group, still in order. */
export function byCertainty(group: SizeGroup, certain: boolean): SizeGroup {
  const places = Uint32Array.from(group.certain.keys());
  return picked(
    group,
    places.filter((place) => (group.certain[place] !== 0) === certain),
  );
}

/** How many tiles hold at least one particle of the group. */
export function tilesOccupied(group: SizeGroup): number {
  return new Set(group.tile).size;
}

function picked(group: SizeGroup, places: Uint32Array): SizeGroup {
  const pick = (column: Float64Array) =>
    Float64Array.from({ length: places.length }, (_, index) => column[places[index]!]!);
  return {
    areaUm2: pick(group.areaUm2),
    diameterUm: pick(group.diameterUm),
    diameterLog: pick(group.diameterLog),
    weight: pick(group.weight),
    tile: Int32Array.from(places, (place) => group.tile[place]!),
    certain: Uint8Array.from(places, (place) => group.certain[place]!),
  };
}
