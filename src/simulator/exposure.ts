import type { StagePositionUm } from '../units.ts';
import { layPowderUnder, type Specimen } from './acquisition-options.ts';
import type { Verdict } from './imaging/verdict.ts';
import type { Powder } from './powder/powder.ts';
import { renderWindow } from './render.ts';
import { type GridSite, gridPixelSizeUm } from './scan-plan.ts';

/** One file that the instrument is to write. */
export interface Exposure extends GridSite {
  readonly file: string;
  readonly centreUm: StagePositionUm;
  readonly sampleLabel: string;
  /** Which powder lies there. */
  readonly seed: number;
  /** Magnification against the rest of the grid: 2 shows half the width. */
  readonly zoom: number;
  /** The instrument's settings where they differ from the work order's. */
  readonly blurPx?: number;
  readonly charging?: number;
  readonly driftPx?: number;
  readonly writing: 'whole' | 'half-written' | 'preallocated';
}

export interface Exposed {
  readonly pixels: Uint8Array;
  readonly pixelSizeUm: number;
  readonly seen: readonly SeenParticle[];
}

/** What one tile shows of one particle. */
export interface SeenParticle {
  readonly id: number;
  readonly visibleFraction: number;
  readonly cutByBorder: boolean;
  readonly verdict: Verdict;
}

/** Takes exposures of a specimen; each powder is laid when it is first looked at, and kept. */
export function createCamera(specimen: Specimen): {
  expose(exposure: Exposure): Exposed;
  powder(seed: number): Powder;
} {
  const powders = new Map<number, Powder>();
  const powder = (seed: number) => {
    const known = powders.get(seed) ?? layPowderUnder(specimen, seed);
    powders.set(seed, known);
    return known;
  };
  const { widthPx, heightPx } = specimen.grid;
  const expose = ({ centreUm, seed, zoom, blurPx, charging, driftPx }: Exposure): Exposed => {
    const pixelSizeUm = gridPixelSizeUm(specimen.grid) / zoom;
    const { image, visible } = renderWindow(
      powder(seed),
      { centre: centreUm, widthPx, heightPx, pixelSizeUm },
      {
        ...specimen.imaging,
        ...(blurPx === undefined ? {} : { blurPx }),
        ...(charging === undefined ? {} : { charging }),
        ...(driftPx === undefined ? {} : { driftPx }),
        seed,
      },
    );
    const seen = visible.map(({ particle, visibleFraction, cutByBorder, verdict }) => ({
      id: particle.id,
      visibleFraction,
      cutByBorder,
      verdict,
    }));
    return { pixels: image, pixelSizeUm, seen };
  };
  return { expose, powder };
}
