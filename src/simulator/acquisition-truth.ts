import type { StagePositionUm } from '../units.ts';
import type { BoxUm } from './box.ts';
import type { Exposure, SeenParticle } from './exposure.ts';
import type { Fault } from './faults.ts';
import type { Verdict } from './imaging/verdict.ts';
import type { Powder } from './powder/powder.ts';
import { type GridSite, gridPixelSizeUm, type ScanGrid, tileBox } from './scan-plan.ts';

/** What truly lay under the microscope: the content of `truth.json`. */
export interface AcquisitionTruth extends Labels {
  readonly grid: ScanGrid;
  readonly pixelSizeUm: number;
  readonly tiles: readonly TrueTile[];
  /** The particles of which at least a part lies in a written tile. */
  readonly particles: readonly TrueParticle[];
}

interface Labels {
  readonly sampleLabel: string;
  readonly instrumentId: string;
  readonly seed: number;
  readonly faults: readonly Fault[];
}

export interface TrueTile extends GridSite {
  /** File name inside the folder. */
  readonly file: string;
  readonly sampleLabel: string;
  readonly centreUm: StagePositionUm;
  readonly pixelSizeUm: number;
  readonly writing: Exposure['writing'];
  /** Particles whose centre lies in this tile; in an overlap, a particle counts in each. */
  readonly particlesCentred: number;
}

export interface TrueParticle {
  readonly sampleLabel: string;
  readonly id: number;
  readonly centreUm: StagePositionUm;
  readonly areaUm2: number;
  readonly diameterEquivalentUm: number;
  /** Whether another particle lies over a part of it, so that less than its area is to be seen. */
  readonly partlyHidden: boolean;
  /** Whether some written tile shows it without cutting it at its border. */
  readonly wholeInATile: boolean;
  /** Share of its area that the tile which shows most of it shows. */
  readonly visibleFraction: number;
  /** An expert's, in that tile; docs/measurement.md has the rule. */
  readonly verdict: Verdict;
}

export interface WrittenTile extends Exposure {
  readonly pixelSizeUm: number;
  readonly seen: readonly SeenParticle[];
}

/** Compares the powders with the tiles that were written. */
export function acquisitionTruth(
  labels: Labels,
  grid: ScanGrid,
  powderOf: (seed: number) => Powder,
  written: readonly WrittenTile[],
): AcquisitionTruth {
  const tiles = written.map((tile): TrueTile => {
    const { row, column, file, sampleLabel, centreUm, pixelSizeUm, writing } = tile;
    const box = tileBox({ ...grid, fieldWidthUm: grid.fieldWidthUm / tile.zoom }, centreUm);
    const near = powderOf(tile.seed).lookup.near(box);
    const particlesCentred = near.filter((particle) => holds(box, particle.centreUm)).length;
    return { row, column, file, sampleLabel, centreUm, pixelSizeUm, writing, particlesCentred };
  });
  const bySeed = Map.groupBy(written, (tile) => tile.seed);
  const particles = [...bySeed].flatMap(([seed, ofPowder]) => trueParticles(powderOf(seed), ofPowder));
  return { ...labels, grid, pixelSizeUm: gridPixelSizeUm(grid), tiles, particles };
}

interface Sightings {
  readonly best: SeenParticle;
  readonly wholeInATile: boolean;
}

function trueParticles(powder: Powder, written: readonly WrittenTile[]): TrueParticle[] {
  const sightings = new Map<number, Sightings>();
  for (const seen of written.flatMap((tile) => tile.seen)) {
    const known = sightings.get(seen.id);
    const better = !known || seen.visibleFraction > known.best.visibleFraction;
    sightings.set(seen.id, {
      best: better ? seen : known.best,
      wholeInATile: (known?.wholeInATile ?? false) || !seen.cutByBorder,
    });
  }
  return powder.particles.flatMap(({ id, centreUm, areaUm2, diameterEquivalentUm, overlappedBy }) => {
    const sighting = sightings.get(id);
    if (!sighting) return [];
    const { best, wholeInATile } = sighting;
    return [
      {
        sampleLabel: written[0]!.sampleLabel,
        id,
        centreUm,
        areaUm2,
        diameterEquivalentUm,
        partlyHidden: overlappedBy.length > 0,
        wholeInATile,
        visibleFraction: best.visibleFraction,
        verdict: best.verdict,
      },
    ];
  });
}

/** Half open, so that a centre on a common border belongs to one tile only. */
function holds(box: BoxUm, { x, y }: StagePositionUm): boolean {
  return x >= box.left && x < box.right && y > box.bottom && y <= box.top;
}
