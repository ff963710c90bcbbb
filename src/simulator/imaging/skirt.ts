import { boxBlurred, reachOfBlur } from './box-blur.ts';

/**
 * Electrons that gas in the chamber scatters out of the beam land around it: the skirt of low-vacuum
 * microscopes (Danilatos, Adv. Electronics Electron Phys. 71, 109, 1988). It softens edges and leaves fine
 * detail sharp, unlike a wider beam.
 */
export interface Skirt {
  /** Share of the electrons that land there. */
  readonly skirtShare: number;
  /** Standard deviation of where they land, in pixels. */
  readonly skirtPx: number;
}

export const noSkirt: Skirt = { skirtShare: 0, skirtPx: 0 };

export function skirtReachPx({ skirtShare, skirtPx }: Skirt): number {
  return skirtShare > 0 ? Math.ceil(3 * skirtPx) : 0;
}

/** Mixes the skirt's view into grey levels, in place. */
export function addSkirt(grey: Float32Array, widthPx: number, { skirtShare, skirtPx }: Skirt): void {
  if (skirtShare === 0) return;
  const around = boxBlurred(grey, widthPx, reachOfBlur(skirtPx));
  for (let at = 0; at < grey.length; at += 1) grey[at]! += skirtShare * (around[at]! - grey[at]!);
}
