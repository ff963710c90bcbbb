import type { ParticleOfTile } from '../../store/particles.ts';

/** Remembers the particles that the network trusts least while all of them pass. */
export interface LeastConfident {
  note(row: ParticleOfTile): void;
  /** Least first; of the tiles in the statistics. */
  readonly particles: readonly ParticleOfTile[];
}

/** @param isCounted whether a tile is in the statistics, by its id. */
export function leastConfident(limit: number, isCounted: (tileId: number) => boolean): LeastConfident {
  const particles: ParticleOfTile[] = [];
  return {
    particles,
    note(row) {
      const { touchesBorder, confidence } = row.particle;
      // What a border cuts is uncertain for that alone, and little of it can be seen.
      if (touchesBorder || !isCounted(row.tileId)) return;
      const at = particles.findIndex(({ particle }) => confidence < particle.confidence);
      particles.splice(at === -1 ? particles.length : at, 0, row);
      if (particles.length > limit) particles.pop();
    },
  };
}
