/** A true particle's size, and whether it was found. */
export interface SizedParticle {
  /** Equivalent circular diameter as a share of the image's longest side: networks see images at one size. */
  readonly diameterShare: number;
  readonly found: boolean;
}

/** Particles whose size lies in [from, below). */
export interface SizeClassRecall {
  readonly from: number;
  /** Null: no upper bound. */
  readonly below: number | null;
  readonly particles: number;
  readonly found: number;
  /** Null in an empty class. */
  readonly recall: number | null;
}

/** Of a tile 80 um wide: 0.8, 1.6, 4, 8 and 16 um. */
const CLASS_EDGES = [0, 0.01, 0.02, 0.05, 0.1, 0.2] as const;

/** How many particles of each size class were found: which sizes a model loses. */
export function recallBySize(particles: readonly SizedParticle[]): SizeClassRecall[] {
  return CLASS_EDGES.map((from, index) => {
    const below = CLASS_EDGES[index + 1] ?? null;
    const inClass = particles.filter(
      ({ diameterShare }) => diameterShare >= from && (below === null || diameterShare < below),
    );
    const found = inClass.filter((particle) => particle.found).length;
    return {
      from,
      below,
      particles: inClass.length,
      found,
      recall: inClass.length === 0 ? null : found / inClass.length,
    };
  });
}
