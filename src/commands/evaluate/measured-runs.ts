import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import type { Config } from '../../config/schema.ts';
import { loadModels, packagedModelsFolder } from '../../inference/model/model-folder.ts';
import { createLogger } from '../../logger.ts';
import { openStore, type Store } from '../../store/database.ts';
import { createPipeline } from '../../walk/pipeline.ts';
import { startParts } from '../../walk/start-parts.ts';
import { type Acquisition, readAcquisition } from './acquisition.ts';

/** Where an acquisition comes from. */
export interface AcquisitionSource {
  /** Absolute. */
  readonly folder: string;
  /** Writes tiles and truth.json, the same every time; null: they are there. */
  readonly acquire: (() => Promise<unknown>) | null;
}

/** An acquisition and what the daemon's own walk made of it. */
export interface MeasuredRun {
  readonly acquisition: Acquisition;
  readonly runId: number;
}

/**
 * Walks each acquisition's tiles through the pipeline into one store; what the store knows already is not measured
 * again. Tiles that were written for this are deleted once they are measured.
 * @throws Error naming a folder whose tiles could not all be measured, or were by a model that is no more.
 */
export async function measureRuns(
  base: Config,
  storeFile: string,
  sources: readonly AcquisitionSource[],
): Promise<MeasuredRun[]> {
  const config: Config = {
    ...base,
    store: { file: storeFile },
    report: { ...base.report, folder: null },
    grid: { ...base.grid, rows: null, columns: null },
  };
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} samples, {eta_formatted} left', stream: process.stderr },
    Presets.shades_classic,
  );
  const known = await knownRuns(config, sources);
  const measuring = known.includes(null) ? await startMeasuring(config) : null;
  try {
    if (process.stderr.isTTY) bar.start(sources.length, 0);
    const runs: MeasuredRun[] = [];
    for (const [index, source] of sources.entries()) {
      const run = known[index] ?? (await measuring?.measure(source));
      if (run) runs.push(run);
      bar.increment();
    }
    return runs;
  } finally {
    bar.stop();
    await measuring?.close();
  }
}

/** What the store holds of each source; null where that is not all. */
async function knownRuns(
  { store: { file }, models: { folder } }: Config,
  sources: readonly AcquisitionSource[],
): Promise<readonly (MeasuredRun | null)[]> {
  const models = await loadModels(folder ?? packagedModelsFolder);
  const hashes = models.map(({ manifest }) => manifest.sha256);
  const store = openStore(file);
  try {
    const runs = await Promise.all(sources.map((source) => measuredRun(store, source)));
    for (const run of runs) {
      const tiles = run ? store.tiles.ofRun(run.runId) : [];
      const stale = tiles.find(({ model }) => model && !hashes.includes(model.sha256));
      if (!stale) continue;
      throw new Error(`${file}: holds what an older model "${stale.model?.name}" found; keep it elsewhere`);
    }
    return runs;
  } finally {
    store.close();
  }
}

async function startMeasuring({ watch, ...others }: Config) {
  // The tiles of each sample lie in a folder of their own, wherever somebody keeps them.
  const config: Config = { ...others, watch: { ...watch, folder: '/' } };
  const logger = createLogger({ level: 'warn' });
  const parts = await startParts(config, logger);
  const pipeline = createPipeline({ ...parts, config, logger, onMessage: () => {} });
  return {
    async measure(source: AcquisitionSource): Promise<MeasuredRun> {
      await source.acquire?.();
      const { truth } = await readAcquisition(source.folder);
      const paths = truth.tiles.map(({ file }) => join(source.folder, file));
      for (const path of paths) pipeline.arrive(path);
      await pipeline.idle();
      const run = await measuredRun(parts.store, source);
      if (run === null) {
        throw new Error(
          `${source.folder}: some of its ${paths.length} tiles cannot be measured; the log says why`,
        );
      }
      if (source.acquire) await Promise.all(paths.map((path) => rm(path, { force: true })));
      return run;
    },
    close: () => parts.close(),
  };
}

/** Null unless the store holds the results of all of the acquisition's tiles. */
async function measuredRun(
  { runs, tiles }: Pick<Store, 'runs' | 'tiles'>,
  { folder }: AcquisitionSource,
): Promise<MeasuredRun | null> {
  const run = runs.all().find((one) => one.folder === folder);
  if (!run) return null;
  const acquisition = await readAcquisition(folder);
  const { segmented } = tiles.countByState(run.id);
  return segmented === acquisition.truth.tiles.length ? { acquisition, runId: run.id } : null;
}
