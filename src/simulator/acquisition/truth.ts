import type { StagePositionUm } from '../../units.ts';
import type { Verdict } from '../imaging/verdict.ts';
import type { SizeDistribution } from '../powder/size-distribution.ts';
import type { Exposed, Exposure } from './exposure.ts';
import type { Fault } from './fault-names.ts';
import { type GridSite, gridPixelSizeUm, type ScanGrid } from './scan-plan.ts';

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
  /** Of the powder, which the particles are a sample of. */
  readonly sizeDistribution: SizeDistribution;
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

/** A tile that was written, and what it shows. */
export interface WrittenTile extends Exposure, Omit<Exposed, 'pixels'> {}

/** Gathers what the written tiles show. */
export function acquisitionTruth(
  labels: Labels,
  grid: ScanGrid,
  written: readonly WrittenTile[],
): AcquisitionTruth {
  const tiles = written.map(
    ({ row, column, file, sampleLabel, centreUm, pixelSizeUm, writing, particlesCentred }): TrueTile => {
      return { row, column, file, sampleLabel, centreUm, pixelSizeUm, writing, particlesCentred };
    },
  );
  const bySeed = Map.groupBy(written, (tile) => tile.seed);
  const particles = [...bySeed.values()].flatMap(trueParticles);
  return { ...labels, grid, pixelSizeUm: gridPixelSizeUm(grid), tiles, particles };
}

/** The particles of one powder. */
function trueParticles(written: readonly WrittenTile[]): TrueParticle[] {
  const { sampleLabel } = written[0]!;
  const sightings = Map.groupBy(
    written.flatMap((tile) => tile.seen),
    (seen) => seen.id,
  );
  return [...sightings.values()]
    .map((seen): TrueParticle => {
      const best = seen.reduce((one, other) => (other.visibleFraction > one.visibleFraction ? other : one));
      const { cutByBorder, ...particle } = best;
      return { sampleLabel, ...particle, wholeInATile: seen.some((sighting) => !sighting.cutByBorder) };
    })
    .sort((one, other) => one.id - other.id);
}
