/** A true particle's size. */
export interface Sized {
  /** Equivalent circular diameter as a share of the image's longest side: networks see images at one size. */
  readonly diameterShare: number;
}

/** Particles whose diameterShare lies in [from, below). */
export interface SizeClass {
  readonly from: number;
  /** Null: no upper bound. */
  readonly below: number | null;
}

/** Octaves. Of a tile 80 um wide: 0.31, 0.63, 1.25, 2.5, 5, 10 and 20 um. */
const CLASS_EDGES = [0, 1 / 256, 1 / 128, 1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4] as const;

export const SIZE_CLASSES: readonly SizeClass[] = CLASS_EDGES.map((from, index) => ({
  from,
  below: CLASS_EDGES[index + 1] ?? null,
}));

/** The particles of each size class, in the order of SIZE_CLASSES. */
export function classedBySize<T extends Sized>(
  particles: readonly T[],
): (SizeClass & { readonly members: readonly T[] })[] {
  return SIZE_CLASSES.map(({ from, below }) => ({
    from,
    below,
    members: particles.filter(
      ({ diameterShare }) => diameterShare >= from && (below === null || diameterShare < below),
    ),
  }));
}
