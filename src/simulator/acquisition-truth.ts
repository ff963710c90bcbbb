import type { StagePositionUm } from '../units.ts';
import type { BoxUm } from './box.ts';
import type { Powder, PowderParticle } from './powder/powder.ts';
import { type GridSite, gridPixelSizeUm, type PlannedTile, type ScanGrid, tileBox } from './scan-plan.ts';

/** What truly lay under the microscope: the content of `truth.json`. */
export interface AcquisitionTruth {
  readonly sampleLabel: string;
  readonly instrumentId: string;
  readonly seed: number;
  readonly grid: ScanGrid;
  readonly pixelSizeUm: number;
  readonly tiles: readonly TrueTile[];
  /** The particles of which at least a part lies in a written tile. */
  readonly particles: readonly TrueParticle[];
}

export interface TrueTile extends GridSite {
  /** File name inside the folder. */
  readonly file: string;
  readonly centreUm: StagePositionUm;
  /** Particles whose centre lies in this tile; in an overlap, a particle counts in each. */
  readonly particlesCentred: number;
}

export interface TrueParticle {
  readonly id: number;
  readonly centreUm: StagePositionUm;
  readonly areaUm2: number;
  readonly diameterEquivalentUm: number;
  /** Whether another particle lies over a part of it, so that less than its area is to be seen. */
  readonly partlyHidden: boolean;
  /** Whether some written tile shows all of it, clear of its border. */
  readonly wholeInATile: boolean;
}

export interface WrittenTile extends PlannedTile {
  readonly file: string;
}

/** Compares the powder with the tiles that were written. */
export function acquisitionTruth(
  labels: { readonly sampleLabel: string; readonly instrumentId: string; readonly seed: number },
  grid: ScanGrid,
  powder: Powder,
  written: readonly WrittenTile[],
): AcquisitionTruth {
  const seen = new Map<PowderParticle, boolean>();
  const tiles = written.map(({ row, column, file, centreUm }): TrueTile => {
    const box = tileBox(grid, centreUm);
    const near = powder.lookup.near(box);
    for (const particle of near) {
      seen.set(particle, (seen.get(particle) ?? false) || reachesInside(box, particle.boxUm));
    }
    const particlesCentred = near.filter((particle) => holds(box, particle.centreUm)).length;
    return { row, column, file, centreUm, particlesCentred };
  });
  const particles = [...seen]
    .sort(([one], [other]) => one.id - other.id)
    .map(
      ([particle, wholeInATile]): TrueParticle => ({
        id: particle.id,
        centreUm: particle.centreUm,
        areaUm2: particle.areaUm2,
        diameterEquivalentUm: particle.diameterEquivalentUm,
        partlyHidden: particle.overlappedBy.length > 0,
        wholeInATile,
      }),
    );
  return { ...labels, grid, pixelSizeUm: gridPixelSizeUm(grid), tiles, particles };
}

/** Half open, so that a centre on a common border belongs to one tile only. */
function holds(box: BoxUm, { x, y }: StagePositionUm): boolean {
  return x >= box.left && x < box.right && y > box.bottom && y <= box.top;
}

function reachesInside(outer: BoxUm, inner: BoxUm): boolean {
  return (
    inner.left > outer.left &&
    inner.right < outer.right &&
    inner.bottom > outer.bottom &&
    inner.top < outer.top
  );
}
