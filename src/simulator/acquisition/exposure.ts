import type { StagePositionUm } from '../../units.ts';
import type { BoxUm } from '../box.ts';
import type { Verdict } from '../imaging/verdict.ts';
import type { Powder } from '../powder/powder.ts';
import { renderWindow, type VisibleParticle } from '../render.ts';
import { layPowderUnder, type Specimen } from './options.ts';
import { type GridSite, gridPixelSizeUm, tileBox } from './scan-plan.ts';

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
  /** Particles whose centre lies in this tile, hidden ones too; in an overlap, a particle counts in each. */
  readonly particlesCentred: number;
}

/** A particle, and what one tile shows of it. */
export interface SeenParticle {
  readonly id: number;
  readonly centreUm: StagePositionUm;
  readonly areaUm2: number;
  readonly diameterEquivalentUm: number;
  /** Whether another particle lies over a part of it. */
  readonly partlyHidden: boolean;
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
  const { grid, imaging } = specimen;
  const { widthPx, heightPx } = grid;
  const expose = ({ centreUm, seed, zoom, blurPx, charging, driftPx }: Exposure): Exposed => {
    const pixelSizeUm = gridPixelSizeUm(grid) / zoom;
    const { image, visible } = renderWindow(
      powder(seed),
      { centre: centreUm, widthPx, heightPx, pixelSizeUm },
      {
        ...imaging,
        ...(blurPx === undefined ? {} : { blurPx }),
        ...(charging === undefined ? {} : { charging }),
        ...(driftPx === undefined ? {} : { driftPx }),
        seed,
      },
    );
    const box = tileBox({ ...grid, fieldWidthUm: grid.fieldWidthUm / zoom }, centreUm);
    const near = powder(seed).lookup.near(box);
    return {
      pixels: image,
      pixelSizeUm,
      seen: visible.map(seenParticle),
      particlesCentred: near.filter((particle) => holds(box, particle.centreUm)).length,
    };
  };
  return { expose, powder };
}

function seenParticle({ particle, visibleFraction, cutByBorder, verdict }: VisibleParticle): SeenParticle {
  const { id, centreUm, areaUm2, diameterEquivalentUm, overlappedBy } = particle;
  const partlyHidden = overlappedBy.length > 0;
  return {
    id,
    centreUm,
    areaUm2,
    diameterEquivalentUm,
    partlyHidden,
    visibleFraction,
    cutByBorder,
    verdict,
  };
}

/** Half open, so that a centre on a common border belongs to one tile only. */
function holds(box: BoxUm, { x, y }: StagePositionUm): boolean {
  return x >= box.left && x < box.right && y > box.bottom && y <= box.top;
}
