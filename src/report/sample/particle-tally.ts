import type { ParticleOfTile } from '../../store/particles.ts';

/** Particles of one tile by kind. */
export interface TileCount {
  all: number;
  certain: number;
  uncertain: number;
  border: number;
}

/** What the report needs to know of all particles, gathered while they are written. */
export interface ParticleTally {
  /** By tile id; a tile without particles has no entry. */
  readonly counts: ReadonlyMap<number, TileCount>;
  /** Those of least confidence, least first; of the tiles in the statistics. */
  readonly leastConfident: readonly ParticleOfTile[];
}

export interface Tallying {
  readonly tally: ParticleTally;
  /** The same rows, each noted as it passes. */
  noted(rows: Iterable<ParticleOfTile>): Generator<ParticleOfTile>;
}

/** @param isCounted whether a tile is in the statistics, by its id. */
export function tallying(limit: number, isCounted: (tileId: number) => boolean): Tallying {
  const counts = new Map<number, TileCount>();
  const leastConfident: ParticleOfTile[] = [];
  function note(row: ParticleOfTile): void {
    const { certain, touchesBorder, confidence } = row.particle;
    const count = counts.get(row.tileId) ?? { all: 0, certain: 0, uncertain: 0, border: 0 };
    counts.set(row.tileId, count);
    count.all++;
    count[certain ? 'certain' : 'uncertain']++;
    if (touchesBorder) count.border++;
    // What a border cuts is uncertain for that alone, and little of it can be seen.
    if (touchesBorder || !isCounted(row.tileId)) return;
    const at = leastConfident.findIndex(({ particle }) => confidence < particle.confidence);
    leastConfident.splice(at === -1 ? leastConfident.length : at, 0, row);
    if (leastConfident.length > limit) leastConfident.pop();
  }
  return {
    tally: { counts, leastConfident },
    *noted(rows) {
      for (const row of rows) {
        note(row);
        yield row;
      }
    },
  };
}
