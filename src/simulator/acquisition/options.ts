import type { Imaging } from '../imaging/imaging.ts';
import { layPowder, type Material, type Powder, type PowderAmount } from '../powder/powder.ts';
import { diameterLargestUm, type SizeDistribution } from '../powder/size-distribution.ts';
import type { TapeLook } from '../powder/tape.ts';
import type { Fault } from './fault-names.ts';
import { presets } from './preset.ts';
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
  readonly material?: Material;
  readonly tape?: TapeLook;
  readonly imaging?: Omit<Imaging, 'seed'>;
  /** What goes wrong. */
  readonly faults?: readonly Fault[];
  /** Pause between two tiles. */
  readonly intervalMs?: number;
  /** Pause between the chunks in which one file is written. */
  readonly chunkPauseMs?: number;
  /** Worker threads that render ahead; 0 renders here, which holds the event loop for each tile. */
  readonly threads?: number;
  /** The instrument's clock. */
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
}

/** The paper's grid of LiCoO2, whole and without faults. */
export const acquisitionDefaults = {
  ...presets.licoo2,
  overlapFraction: 0,
  startCentreUm: { x: 0, y: 0 },
  rotationRad: 0,
  order: 'serpentine',
  missing: [],
  instrumentId: 'SIM-0001',
  seed: 1,
  faults: [],
  intervalMs: 0,
  chunkPauseMs: 0,
  threads: 0,
  now: () => new Date(),
} as const satisfies Omit<Required<AcquisitionOptions>, 'folder' | 'signal'>;

/** What decides the pixels: plain data, which also a worker thread gets. */
export interface Specimen {
  readonly grid: ScanGrid;
  readonly amount: PowderAmount;
  readonly sizeDistribution: SizeDistribution;
  readonly material: Material;
  readonly tape: TapeLook;
  readonly imaging: Omit<Imaging, 'seed'>;
}

const specimenParts = ['grid', 'amount', 'sizeDistribution', 'material', 'tape', 'imaging'] as const;

/**
 * What another thread posted, known to have a specimen's parts.
 * @throws TypeError when it is something else.
 */
export function requireSpecimen(posted: unknown): Specimen {
  if (isSpecimen(posted)) return posted;
  throw new TypeError(`workerData is no specimen, expected an object with ${specimenParts.join(', ')}`);
}

function isSpecimen(posted: unknown): posted is Specimen {
  const parts = new Map(Object.entries(posted ?? {}));
  return specimenParts.every((part) => typeof parts.get(part) === 'object' && parts.get(part) !== null);
}

/** The options with every default filled in. */
export type WorkOrder = Required<Omit<AcquisitionOptions, 'signal'>>;

export function specimenOf(order: WorkOrder): Specimen {
  const { amount, sizeDistribution, material, tape, imaging } = order;
  return { grid: gridOf(order), amount, sizeDistribution, material, tape, imaging };
}

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
export function layPowderUnder(specimen: Specimen, seed: number): Powder {
  const { amount, sizeDistribution, material, tape } = specimen;
  const box = gridBox(specimen.grid);
  const marginUm = diameterLargestUm(sizeDistribution);
  return layPowder({
    origin: { x: box.left - marginUm, y: box.bottom - marginUm },
    widthUm: box.right - box.left + 2 * marginUm,
    heightUm: box.top - box.bottom + 2 * marginUm,
    amount,
    sizeDistribution,
    seed,
    material,
    tape,
  });
}
