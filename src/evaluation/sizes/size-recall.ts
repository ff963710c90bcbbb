import { isotonicBlocks } from '../calibration/isotonic.ts';
import { classedBySize, type SizeClass, type Sized } from './size-classes.ts';

/** A true particle's size, and whether it was found. */
export interface SizedParticle extends Sized {
  readonly found: boolean;
}

export interface SizeClassRecall extends SizeClass {
  readonly particles: number;
  readonly found: number;
  /** Null in an empty class. */
  readonly recall: number | null;
}

/** How many particles of each size class were found: which sizes a model loses. */
export function recallBySize(particles: readonly SizedParticle[]): SizeClassRecall[] {
  return classedBySize(particles).map(({ from, below, members }) => {
    const found = members.filter((particle) => particle.found).length;
    return {
      from,
      below,
      particles: members.length,
      found,
      recall: members.length === 0 ? null : found / members.length,
    };
  });
}

/**
 * The smallest diameter seen: from it on recall, as the isotonic regression of found on diameter has it, is at
 * least so much, so that particles from there up to any larger size are found that often on average.
 *
 * @returns a share of the image's longest side; null where recall never reaches it.
 */
export function diameterAtRecall(particles: readonly SizedParticle[], recall: number): number | null {
  const points = particles.map(({ diameterShare, found }) => ({ x: diameterShare, y: Number(found) }));
  return isotonicBlocks(points).find(({ yMean }) => yMean >= recall)?.xFirst ?? null;
}
