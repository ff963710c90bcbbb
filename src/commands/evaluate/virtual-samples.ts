import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { simulateAcquisition } from '../../simulator/acquisition/simulate-acquisition.ts';
import { virtualSample } from '../../simulator/acquisition/virtual-sample.ts';
import type { AcquisitionSource } from './measured-runs.ts';

export interface VirtualSamples {
  readonly samples: number;
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
}

/** The same bytes every time, so that a measurement broken off goes on with the tiles that it has. */
const ACQUIRED_AT = new Date(2026, 0, 1);

/** Folders for acquisitions of different powders, one in each; named for what decides their pixels. */
export function virtualSamples(
  parent: string,
  { samples, rows, columns, seed }: VirtualSamples,
): AcquisitionSource[] {
  return Array.from({ length: samples }, (_, index) => {
    const folder = join(parent, `seed-${seed}-${rows}x${columns}-powder-${index + 1}`);
    const acquire = () =>
      simulateAcquisition({
        ...virtualSample(seed, index),
        folder,
        rows,
        columns,
        now: () => ACQUIRED_AT,
        threads: availableParallelism(),
      });
    return { folder, acquire };
  });
}
