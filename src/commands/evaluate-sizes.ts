import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Config } from '../config/schema.ts';
import { loadModels, type Model, packagedModelsFolder } from '../inference/model/model-folder.ts';
import { digestSettings } from '../run/digest.ts';
import { openStoreReadOnly, type StoreReader } from '../store/database.ts';
import { type MeasuredRun, measureRuns } from './evaluate/measured-runs.ts';
import { compareRuns } from './evaluate/run-comparison.ts';
import { sizesTable, stopsTable } from './evaluate/sizes-table.ts';
import { compareStops } from './evaluate/stops.ts';
import { type VirtualSamples, virtualSamples } from './evaluate/virtual-samples.ts';

export interface EvaluateSizesOptions extends VirtualSamples {
  /** Acquisitions with truth.json instead of virtual samples. */
  readonly acquisitions: readonly string[];
  /** Where what was measured is kept, so that it is not measured again; null: nowhere. */
  readonly keep: string | null;
  readonly stopOnTarget: boolean;
  readonly json: boolean;
}

/** Holds the sizes that summaries publish against the truth, over many virtual samples. */
export async function evaluateSizes(config: Config, options: EvaluateSizesOptions): Promise<void> {
  const { keep, acquisitions } = options;
  const folder = keep === null ? await mkdtemp(join(tmpdir(), 'particled-')) : resolve(keep);
  await mkdir(folder, { recursive: true });
  try {
    const storeFile = join(folder, 'particled.db');
    const sources =
      acquisitions.length > 0
        ? acquisitions.map((given) => ({ folder: resolve(given), acquire: null }))
        : virtualSamples(folder, options);
    const runs = await measureRuns(config, storeFile, sources);
    const models = await loadModels(config.models.folder ?? packagedModelsFolder);
    const store = openStoreReadOnly(storeFile);
    try {
      report(config, { runs, models, store }, options);
    } finally {
      store.close();
    }
  } finally {
    if (keep === null) await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly runs: readonly MeasuredRun[];
  readonly models: readonly Model[];
  readonly store: StoreReader;
}

function report(
  config: Config,
  { runs, models, store }: Measured,
  { json, stopOnTarget }: EvaluateSizesOptions,
): void {
  const settings = digestSettings(config, models);
  const sizes = compareRuns(store, runs, settings);
  const stops = stopOnTarget ? compareStops(store, runs, settings, config.precision) : null;
  if (json) console.log(JSON.stringify({ ...sizes, ...(stops && { stopOnTarget: stops }) }, null, 2));
  else console.log([sizesTable(sizes), ...(stops ? [stopsTable(stops)] : [])].join('\n\n'));
}
