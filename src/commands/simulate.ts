import { availableParallelism } from 'node:os';
import { Presets, SingleBar } from 'cli-progress';
import type { Fault } from '../simulator/acquisition/fault-names.ts';
import { acquisitionDefaults } from '../simulator/acquisition/options.ts';
import { type PresetName, presets } from '../simulator/acquisition/preset.ts';
import { simulateAcquisition } from '../simulator/acquisition/simulate-acquisition.ts';

export interface SimulateOptions {
  readonly out: string;
  readonly preset: PresetName;
  /** The preset's, when not given. */
  readonly rows?: number;
  readonly columns?: number;
  readonly label?: string;
  readonly seed: number;
  readonly intervalMs: number;
  readonly overlap: number;
  readonly fault?: readonly Fault[];
}

export const simulateDefaults = {
  preset: 'licoo2',
  seed: acquisitionDefaults.seed,
  intervalMs: acquisitionDefaults.intervalMs,
  overlap: acquisitionDefaults.overlapFraction,
} as const;

/** Plays an acquisition into a folder as the microscope writes it, with the truth beside it. */
export async function simulate(options: SimulateOptions): Promise<void> {
  const preset = presets[options.preset];
  const rows = options.rows ?? preset.rows;
  const columns = options.columns ?? preset.columns;
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} tiles', stream: process.stderr },
    Presets.shades_classic,
  );
  if (process.stderr.isTTY) bar.start(rows * columns, 0);
  const truth = await simulateAcquisition(
    {
      ...preset,
      rows,
      columns,
      folder: options.out,
      sampleLabel: options.label ?? preset.sampleLabel,
      seed: options.seed,
      intervalMs: options.intervalMs,
      overlapFraction: options.overlap,
      faults: options.fault ?? [],
      threads: availableParallelism(),
    },
    ({ written, total }) => {
      bar.setTotal(total);
      bar.update(written);
    },
  );
  bar.stop();
  console.log(
    `${truth.tiles.length} tiles and truth.json (${truth.particles.length} particles) in ${options.out}`,
  );
}
