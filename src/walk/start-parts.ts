import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../config/schema.ts';
import { loadModels, type Model, packagedModelsFolder } from '../inference/model/model-folder.ts';
import type { Logger } from '../logger.ts';
import { moduleUrl } from '../module-url.ts';
import { digestSettings } from '../run/digest.ts';
import { type Digester, startDigester } from '../run/digester.ts';
import { type Reporter, startReporter } from '../run/reporter.ts';
import { poolShape, type SegmenterPool, startSegmenterPool } from '../segmenter/pool.ts';
import { openStore, type Store } from '../store/database.ts';

/** What both the daemon and a single analysis stand on. */
export interface Parts {
  readonly store: Store;
  readonly models: readonly Model[];
  readonly segmenter: SegmenterPool;
  readonly capacity: number;
  readonly digester: Digester;
  readonly reporter: Reporter;
  /** In the reverse order of their start. */
  close(): Promise<void>;
}

/**
 * Proves the models in segmenters, and only then makes or opens the store, the statistics thread and the reporter.
 * @throws ModelError, StoreError or Error with what to do; nothing is left running then.
 */
export async function startParts(config: Config, logger: Logger): Promise<Parts> {
  const modelsFolder = config.models.folder ?? packagedModelsFolder;
  const models = await loadModels(modelsFolder);
  const shape = poolShape();
  const processes = config.segmenter.processes ?? shape.processes;
  const segmenter = await startSegmenterPool({
    entry: moduleUrl('../segmenter/process', import.meta.url),
    processes,
    threadsPerProcess: config.segmenter.threadsPerProcess ?? shape.threadsPerProcess,
    modelsFolder,
    polarity: config.instrument.particlesAre,
    timeoutMs: config.segmenter.timeoutS * 1000,
    logger,
  });
  let store: Store;
  try {
    mkdirSync(dirname(config.store.file), { recursive: true });
    store = openStore(config.store.file);
  } catch (error) {
    await segmenter.close();
    throw error;
  }
  const digester = startDigester(config.store.file, digestSettings(config, models));
  const reporter = startReporter(config.store.file);
  return {
    store,
    models,
    segmenter,
    // One tile waits beside the processes, so that none of them idles while a result is written.
    capacity: processes + 1,
    digester,
    reporter,
    async close() {
      await reporter.close();
      await digester.close();
      await segmenter.close();
      store.close();
    },
  };
}
