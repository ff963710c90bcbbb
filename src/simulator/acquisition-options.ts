import type { Imaging } from './imaging/imaging.ts';
import { layPowder, type Powder, type PowderAmount } from './powder/powder.ts';
import {
  diameterLargestUm,
  lithiumCobaltOxideSizes,
  type SizeDistribution,
} from './powder/size-distribution.ts';
import { imagingDefaults } from './render.ts';
import { gridBox, type ScanGrid } from './scan-plan.ts';

/** A virtual microscope's work order; what is not given comes from `acquisitionDefaults`. */
export interface AcquisitionOptions extends Partial<ScanGrid> {
  /** Where the tiles and `truth.json` go; made when it is not there. */
  readonly folder: string;
  readonly sampleLabel?: string;
  readonly instrumentId?: string;
  /** Names the powder, the tape and the noise: the same seed gives the same pixels. */
  readonly seed?: number;
  readonly amount?: PowderAmount;
  readonly sizeDistribution?: SizeDistribution;
  readonly imaging?: Omit<Imaging, 'seed'>;
  /** Pause between two tiles. */
  readonly intervalMs?: number;
  /** Pause between the chunks in which one file is written. */
  readonly chunkPauseMs?: number;
  /** The instrument's clock. */
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
}

/** The paper's grid of LiCoO2: 12 x 24 tiles of 80 um, about 32 particles (8,000 per mm2) in each. */
export const acquisitionDefaults = {
  rows: 12,
  columns: 24,
  fieldWidthUm: 80,
  widthPx: 1920,
  heightPx: 1200,
  overlapFraction: 0,
  startCentreUm: { x: 0, y: 0 },
  rotationRad: 0,
  order: 'serpentine',
  missing: [],
  sampleLabel: 'LiCoO2',
  instrumentId: 'SIM-0001',
  seed: 1,
  amount: { kind: 'density', particlesPerMm2: 8000 },
  sizeDistribution: lithiumCobaltOxideSizes,
  imaging: imagingDefaults,
  intervalMs: 0,
  chunkPauseMs: 0,
  now: () => new Date(),
} as const satisfies Omit<Required<AcquisitionOptions>, 'folder' | 'signal'>;

/** The options with every default filled in. */
export type WorkOrder = Required<Omit<AcquisitionOptions, 'signal'>>;

export function gridOf(order: WorkOrder): ScanGrid {
  const { rows, columns, fieldWidthUm, widthPx, heightPx, overlapFraction } = order;
  const { startCentreUm, rotationRad, order: sequence, missing } = order;
  return {
    rows,
    columns,
    fieldWidthUm,
    widthPx,
    heightPx,
    overlapFraction,
    startCentreUm,
    rotationRad,
    order: sequence,
    missing,
  };
}

/** Strews beyond the grid by a particle's reach, so that its outer border cuts particles too. */
export function layPowderUnder(grid: ScanGrid, { amount, sizeDistribution, seed }: WorkOrder): Powder {
  const box = gridBox(grid);
  const marginUm = diameterLargestUm(sizeDistribution);
  return layPowder({
    origin: { x: box.left - marginUm, y: box.bottom - marginUm },
    widthUm: box.right - box.left + 2 * marginUm,
    heightUm: box.top - box.bottom + 2 * marginUm,
    amount,
    sizeDistribution,
    seed,
  });
}
