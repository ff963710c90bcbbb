import { Presets, SingleBar } from 'cli-progress';
import { simulateAcquisition } from '../simulator/acquisition.ts';
import { acquisitionDefaults } from '../simulator/acquisition-options.ts';

export interface SimulateOptions {
  readonly out: string;
  readonly rows: number;
  readonly columns: number;
  readonly label: string;
  readonly seed: number;
  readonly intervalMs: number;
  readonly overlap: number;
}

export const simulateDefaults = {
  rows: acquisitionDefaults.rows,
  columns: acquisitionDefaults.columns,
  label: acquisitionDefaults.sampleLabel,
  seed: acquisitionDefaults.seed,
  intervalMs: acquisitionDefaults.intervalMs,
  overlap: acquisitionDefaults.overlapFraction,
};

/** Plays an acquisition into a folder as the microscope writes it, with the truth beside it. */
export async function simulate(options: SimulateOptions): Promise<void> {
  const { out, label, overlap, ...rest } = options;
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} tiles', stream: process.stderr },
    Presets.shades_classic,
  );
  if (process.stderr.isTTY) bar.start(options.rows * options.columns, 0);
  const truth = await simulateAcquisition(
    { ...rest, folder: out, sampleLabel: label, overlapFraction: overlap },
    ({ written }) => bar.update(written),
  );
  bar.stop();
  console.log(`${truth.tiles.length} tiles and truth.json (${truth.particles.length} particles) in ${out}`);
}
