import type { Config } from '../config/schema.ts';
import { loadModels, type Model, packagedModelsFolder } from '../inference/model/model-folder.ts';
import { loadShadowModel } from '../inference/model/shadow-model.ts';
import type { Logger } from '../logger.ts';
import { moduleUrl } from '../module-url.ts';
import type { QueueFault } from '../queue/fallback.ts';
import { type QueuedOptions, startQueuedSegmenter } from '../queue/queued-segmenter.ts';
import { digestSettings } from '../run/digest.ts';
import { type Digester, startDigester } from '../run/digester.ts';
import { type Reporter, startReporter } from '../run/reporter.ts';
import { makeShrinkable } from '../run/shrinkable-store.ts';
import { type PoolOptions, poolShape, type SegmenterPool, startSegmenterPool } from '../segmenter/pool.ts';
import { SegmenterSlot } from '../segmenter/slot.ts';
import { openStore, type Store } from '../store/database.ts';
import { lockStore, type StoreLock } from '../store/lock.ts';
import type { Shadow } from './walk-parts.ts';

/** What both the daemon and a single analysis stand on. */
export interface Parts {
  readonly store: Store;
  readonly models: readonly Model[];
  readonly segmenter: SegmenterPool;
  /** What is wrong with the queue of workers elsewhere. */
  queueFaults(): readonly QueueFault[];
  readonly capacity: number;
  readonly digester: Digester;
  readonly reporter: Reporter;
  /** Null where no model is on probation. */
  readonly shadow: Shadow | null;
  /** In the reverse order of their start. */
  close(): Promise<void>;
}

export interface PartsOptions {
  /** Gives the store's lock where the caller keeps it when the parts are closed. */
  readonly takeLock?: (() => StoreLock) | undefined;
  /** At the queue tiles of running microscopes go first. */
  readonly archive?: boolean;
}

/**
 * Proves the models in segmenters, and only then locks and opens the store: a start that must fail leaves nothing behind.
 * @throws ModelError, StoreError or Error with what to do; nothing is left running then.
 */
export async function startParts(
  config: Config,
  logger: Logger,
  { takeLock, archive = false }: PartsOptions = {},
): Promise<Parts> {
  const modelsFolder = config.models.folder ?? packagedModelsFolder;
  const models = await loadModels(modelsFolder);
  const { model: shadowName, share } = config.models.shadow;
  const shadowModel = shadowName === null ? null : await loadShadowModel(modelsFolder, shadowName, models);
  const ends: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const options = segmenterOptions(config, modelsFolder, logger);
    const { processes } = options;
    const pool = await startSegmenterPool(options);
    ends.push(() => pool.close());
    if (takeLock) takeLock();
    else {
      const lock = lockStore(config.store.file);
      ends.push(() => lock.release());
    }
    const store = openStore(config.store.file);
    ends.push(() => store.close());
    makeShrinkable(store, config.store.file, logger);
    const digester = startDigester(config.store.file, digestSettings(config, models));
    ends.push(() => digester.close());
    const reporter = startReporter(config.store.file, config.report);
    ends.push(() => reporter.close());
    // One tile waits beside the processes, so that none of them idles while a result is written.
    const ownCapacity = processes + 1;
    const { queue } = config.segmenter;
    const queued =
      queue &&
      (await startQueuedSegmenter({ queue, ...asker(config, store), archive, models, local: pool, logger }));
    if (queued) ends.push(() => queued.close());
    const parts = {
      ...{ store, models, digester, reporter, close },
      segmenter: queued ? { ...pool, segment: queued.segment } : pool,
      capacity: queue ? Math.max(queue.window, ownCapacity) : ownCapacity,
      queueFaults: () => queued?.faults() ?? [],
    };
    if (shadowModel === null) return { ...parts, shadow: null };
    // Its process starts with the first tile that it is given.
    const segmenter = new SegmenterSlot({
      ...options,
      threadsPerProcess: 1,
      shadowFolder: shadowModel.folder,
    });
    ends.push(() => segmenter.stop());
    return { ...parts, shadow: { model: shadowModel, share, segmenter } };
  } catch (error) {
    await close();
    throw error;
  }
}

function asker({ instrument }: Config, { id }: Store): Pick<QueuedOptions, 'daemon' | 'polarity'> {
  return { daemon: id, polarity: instrument.particlesAre };
}

function segmenterOptions(
  { segmenter, instrument }: Config,
  modelsFolder: string,
  logger: Logger,
): PoolOptions {
  const shape = poolShape();
  return {
    entry: moduleUrl('../segmenter/process', import.meta.url),
    processes: segmenter.processes ?? shape.processes,
    threadsPerProcess: segmenter.threadsPerProcess ?? shape.threadsPerProcess,
    modelsFolder,
    polarity: instrument.particlesAre,
    timeoutMs: segmenter.timeoutS * 1000,
    logger,
  };
}
